"""What people asked in vain and what they thought of answers, kept beside the index for its owner."""
