"""What the measuring scripts share: question sets, scorers, the machine's name."""
