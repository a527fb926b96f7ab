"""What language models write, as it comes: sentences, their markers, markup that is not shown, refusals."""
