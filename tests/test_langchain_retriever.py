"""The retrieval path as LangChain sees it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from qa.integrations.langchain_retriever import SuyuanRetriever

QUESTION = "盲文书由谁送上门"


def test_documents_come_in_the_order_of_the_one_retrieval_path(written):
    hits = written.retriever.retrieve(QUESTION, 5)
    documents = SuyuanRetriever(answerer=written, limit=5).invoke(QUESTION)
    assert [document.id for document in documents] == [hit.passage.id for hit in hits]
    assert [document.metadata["score"] for document in documents] == [hit.score for hit in hits]
    assert len(documents) == 5


def test_a_document_says_where_it_stands(written):
    best = SuyuanRetriever(answerer=written).invoke(QUESTION)[0]
    article = written.article("sub/library")
    assert "盲文书有1200册，由志愿者送书上门。" in best.page_content
    start, end = best.metadata.pop("start"), best.metadata.pop("end")
    assert article.text[start:end] == best.page_content
    assert best.metadata.pop("passage") == best.id
    assert best.metadata.pop("score") > 0
    assert "二、盲文专区" in best.page_content or "二、盲文专区" in best.metadata["headings"]
    best.metadata.pop("headings")
    assert best.metadata == {
        "article": "sub/library",
        "title": "岛上的图书馆：五个专区和一辆车",
        "author": "",
        "published": "2024-08-01",
        "source": "溯源示例",
        "url": "",
        "place": "",
        "page": 0,
        "page_end": 0,
        "recognised_page": 0,
    }


def test_it_looks_in_the_articles_named_alone(written):
    everywhere = SuyuanRetriever(answerer=written, limit=20).invoke(QUESTION)
    assert {document.metadata["article"] for document in everywhere} > {"valley"}
    within = SuyuanRetriever(answerer=written, limit=20, within=("valley",)).invoke(QUESTION)
    assert {document.metadata["article"] for document in within} == {"valley"}


def test_it_is_a_runnable_that_chains_and_runs_in_batches_and_async(written):
    retriever = SuyuanRetriever(answerer=written, limit=2)
    assert isinstance(retriever, BaseRetriever)
    assert isinstance(retriever, Runnable)
    titles = retriever | RunnableLambda(lambda documents: [document.metadata["article"] for document in documents])
    assert titles.invoke(QUESTION)[0] == "sub/library"
    assert [found[0] for found in titles.batch([QUESTION, "种树的办法"])] == ["sub/library", "valley"]
    # In a thread of its own: a browser test before this one leaves its event loop running in the main thread.
    with ThreadPoolExecutor() as pool:
        assert pool.submit(lambda: asyncio.run(titles.ainvoke(QUESTION))).result()[0] == "sub/library"


def test_it_moves_over_to_a_new_snapshot(one_model, tmp_path):
    import qa
    from embeddings.rebuilding.rebuild import rebuild

    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("桥\n桥长一百米，宽十米，是镇上的第一座桥。", encoding="utf-8")
    rebuild(folder, tmp_path / "index")
    retriever = SuyuanRetriever(answerer=qa.load(tmp_path / "index"))
    assert [document.metadata["article"] for document in retriever.invoke("桥有多长")] == ["a"]
    (folder / "b.txt").write_text("塔\n塔高三十米，共七层，登塔可以望见大海。", encoding="utf-8")
    rebuild(folder, tmp_path / "index")
    assert retriever.invoke("塔有多高")[0].metadata["article"] == "b"
