"""English for the words on gradio's components of the owner's page."""

from __future__ import annotations

from embeddings.formats.known import NAMED

WORDS = {
    "文章与索引": "Articles and index",
    "没答上的问题": "Unanswered questions",
    "读者评价": "Feedback",
    f"把文章拖到这里（{NAMED}）": f"Drop articles here ({NAMED})",
    "按文件名或题名筛选": "Filter by file name or title",
    "重建索引": "Rebuild the index",
    "停止": "Stop",
    "退回上一份…": "Go back to the previous one…",
    "确定退回": "Yes, go back",
    "取消": "Cancel",
}
