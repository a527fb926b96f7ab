"""The same answers for LangChain: a retriever, a chain, a tool."""
