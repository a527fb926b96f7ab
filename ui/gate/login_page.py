"""The page that asks for the password: plain HTML that needs no script."""

from __future__ import annotations

from ui.scripts import LANGUAGE, packaged
from ui.wording import labelled, said


def login_page(wait: int = 0) -> str:
    """The whole page; `wait` is how many seconds a wrong password has to be followed by, 0 before the first."""
    refused = ""
    if wait:
        zh = f"密码不对，或刚才试得太快。请过 {wait} 秒再试。"
        en = f"That was not the password, or too soon after another. Try again in {wait} s."
        refused = f'<p class="refused" role="alert">{said(zh, en)}</p>'
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="same-origin"><meta name="robots" content="noindex"><title>溯源 · 管理</title>
{LANGUAGE}<style>{packaged("manage/manage.css").replace("</", "")}</style></head>
<body class="login"><main><h1>溯源</h1><p>{said("管理文章与索引", "Articles and index")}</p>
<form method="post" action="login">
<label for="password">{said("管理密码", "Password")}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus
{labelled("管理密码", "Password")} placeholder="SUYUAN_PASSWORD">
<button type="submit">{said("登录", "Log in")}</button>{refused}
</form></main></body></html>"""
