"""Many who ask at once: each gets their own answer, or is told at once that the page is busy."""

from concurrent.futures import ThreadPoolExecutor

from gradio_client import Client
from gradio_client.utils import QueueError

from benchmarks.page.serving import served

QUESTIONS = (
    "泰安的12345工作法是什么",
    "咸宁查处了多少起环境违法行为",
    "泰安的四大课堂有哪些",
    "青海的五个坚持是什么",
    "火星基地有多少名工程师",
)


_PATIENT = {"timeout": 60}
"""Seconds: the client gives up after five, which on a busy machine is nothing."""


def asked_at_once(address, people):
    clients = [Client(address, verbose=False, httpx_kwargs=_PATIENT) for _ in range(5)]

    def ask(number):
        question = QUESTIONS[number % len(QUESTIONS)]
        try:
            return question, clients[number // 3 % 5].predict(question=question, api_name="/ask")["answer"]
        except QueueError as error:
            return question, error

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(ask, range(people)))


def test_fifty_at_once_each_get_the_answer_to_their_own_question(sample):
    expected = {question: sample.ask(question).text for question in QUESTIONS}
    with served(sample) as address:
        answered = asked_at_once(address, 50)
    assert [answer for _, answer in answered] == [expected[question] for question, _ in answered]


def test_beyond_the_bound_one_is_told_that_it_is_busy_and_nobody_gets_a_wrong_answer(sample):
    expected = {question: sample.ask(question).text for question in QUESTIONS}
    with served(sample, waiting=2) as address:
        answered = asked_at_once(address, 40)
    turned_away = [answer for _, answer in answered if isinstance(answer, QueueError)]
    assert 0 < len(turned_away) < 40
    assert {str(error) for error in turned_away} == {"Queue is full! Please try again."}
    assert all(answer == expected[question] for question, answer in answered if not isinstance(answer, QueueError))
