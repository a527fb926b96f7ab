"""The neural network that the bundled encoder and the reader share, on nothing but PyTorch."""
