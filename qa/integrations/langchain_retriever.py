"""The retrieval path as a LangChain retriever, for anyone's chain."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from embeddings.types import Span
from qa.answerer import Answerer


class SuyuanRetriever(BaseRetriever):
    """Passages of the live snapshot as LangChain documents, best first.

    Metadata: passage and article id, title, author, published, source, url, place, headings, start, end, score;
    page and page_end, the first and the last page of the file that it stands on, 0 where that has none.
    `recognised_page` is the page of the picture that the first recognised words of it stand in, 0 where none were.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    answerer: Answerer
    limit: int = 10
    within: tuple[str, ...] = ()
    """Ids of the articles to look in alone; none: all."""

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        retriever = self.answerer.retriever.within(self.within)
        documents: list[Document] = []
        for hit in retriever.retrieve(query, self.limit):
            passage = hit.passage
            article = retriever.snapshot.corpus.article(passage.article_id)
            page, page_end = article.pages_of(Span(passage.start, passage.end))
            documents.append(
                Document(
                    id=passage.id,
                    page_content=article.text[passage.start : passage.end],
                    metadata={
                        "passage": passage.id,
                        "article": article.id,
                        "title": article.title,
                        "author": article.author,
                        "published": article.published,
                        "source": article.source,
                        "url": article.url,
                        "place": article.place,
                        "headings": list(passage.headings),
                        "start": passage.start,
                        "end": passage.end,
                        "page": page,
                        "page_end": page_end,
                        "recognised_page": article.recognised_page(Span(passage.start, passage.end)),
                        "score": hit.score,
                    },
                )
            )
        return documents
