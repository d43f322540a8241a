"""The index, in memory and on disk."""

import datetime
import pickle
import threading

import pyarrow as pa
import pytest
import wirecopy
from made_feed import STORY

DAY = 86400


def story(number, source="one.example", **more):
    return {"id": f"a{number}", "text": f"{STORY} Number {number}.", "source": source, **more}


def test_decisions():
    with wirecopy.Index() as index:
        first = index.add({"id": "a", "text": STORY, "source": "one.example"})
        assert (first.outcome, first.is_new, first.relation, first.match, first.cluster) == ("added", True, None, None, None)
        again = index.add({"id": "b", "text": STORY, "source": "two.example"})
        assert (again.outcome, again.is_new, again.relation, again.match, again.duplicate) == ("added", False, "exact", "a", True)
        assert again.cluster == index.cluster_of("a") and again.canonical == "a"
        assert again.similarity.containment == again.similarity.agreement == 1
        longer = index.query({"id": "c", "text": "Weather news of today. " + STORY + " More rain is expected for the week, "
                              "said the service, and the government promised help for those who lost their homes."})
        assert (longer.outcome, longer.relation) == ("queried", "extended")
        assert index.add({"id": "a", "text": STORY, "source": "one.example"}).outcome == "unchanged"
        changed = index.add({"id": "a", "text": "Something else altogether was told by the paper on the next day."})
        assert (changed.outcome, changed.version) == ("updated", 2)
        assert "relation='exact'" in repr(again) and again.to_dict()["similarity"]["containment"] == 1
        assert again == again and first != again


def test_articles_without_ids_are_identified_by_their_content():
    index = wirecopy.Index()
    article = {"text": STORY, "source": "one.example"}
    first, again, other = index.add(article), index.add(article), index.add({**article, "source": "two.example"})
    assert first.id.startswith("digest:") and len(first.id) == 39
    assert (again.id, again.outcome, again.duplicate, again.match) == (first.id, "unchanged", True, first.id)
    assert (other.outcome, other.match, other.id != first.id) == ("added", first.id, True)
    assert index.add({"text": STORY, "url": "https://one.example/a"}).id == "https://one.example/a"
    assert index.add({"id": first.id, "text": "Something else."}).id != first.id  # a digest cannot be used as an id
    assert index.remove(first.id) and len(index) == 3


def test_a_wild_date_does_not_move_the_clock():
    start, wild = 1_700_000_000, 7_230_000_000
    index = wirecopy.Index(window="14d", clock="feed")
    for n in range(30):
        index.add(story(n, f"outlet{n % 3}.example", published=wild if n == 10 else start + n))
    statistics = index.statistics()
    assert (statistics.articles, statistics.dated_ahead, statistics.now) == (30, 1, start + 29)
    free = wirecopy.Index(window="14d", clock="feed", max_clock_jump=datetime.timedelta(days=60))
    for n, published in enumerate((start, start + 1, start + 40 * DAY)):
        free.add(story(n, published=published))
    assert (free.statistics().dated_ahead, free.statistics().now) == (0, start + 40 * DAY)
    for jump in (0, -1, "0d"):
        with pytest.raises(wirecopy.UsageError, match="^max_clock_jump must be 1 second to 100 years$"):
            wirecopy.Index(clock="feed", max_clock_jump=jump)
    with pytest.raises(TypeError, match="max_clock_jump"):
        wirecopy.Index(max_clock_jump=1.5)


def test_batches_decide_as_single_articles_do(rows):
    one, many = wirecopy.Index(clock="feed", boilerplate=False), wirecopy.Index(clock="feed", boilerplate=False)
    singly = [one.add(row) for row in rows[:600]]
    assert many.add_batch(rows[:600], batch_size=100) == singly
    table = pa.Table.from_pylist(rows[:600])
    of_arrow = wirecopy.Index(clock="feed", boilerplate=False)
    assert of_arrow.add_batch(table) == singly
    assert many.query_batch(iter(rows[600:700])) == [one.query(row) for row in rows[600:700]]
    assert one.statistics().articles == len(one) == 600


def test_the_clusters_are_those_of_the_batch(rows):
    index = wirecopy.Index(clock="feed", boilerplate=False)
    index.add_batch(rows)
    result = wirecopy.deduplicate(rows, boilerplate=False)
    theirs = {frozenset(m["id"] for m in c["members"]) for c in result.clusters}
    ids = {index.cluster_of(row["id"]) for row in rows} - {None}
    mine = {frozenset(m.id for m in index.cluster(id).members) for id in ids}
    assert len(mine & theirs) >= 0.99 * len(theirs)


def test_on_disk_and_reopened(tmp_path, rows):
    path = tmp_path / "stories.index"
    with wirecopy.Index(path, window="14d", threshold=0.6, clock="feed", sync=True, memory="64MiB") as index:
        before = index.add_batch(rows[:300])
        assert index.path == str(path) and "stories.index" in repr(index)
    assert index.closed and repr(index).endswith("closed>")
    with wirecopy.Index(path, create=False, clock="feed") as index:
        assert index.statistics().threshold == 0.6 and index.statistics().window == 14 * DAY
        assert {index.add(row).outcome for row in rows[:300]} == {"unchanged"}
        known = next(d for d in before if d.duplicate)
        assert index.cluster(known.cluster).members[0].id
        assert index.verify() > 300
        index.compact(), index.flush()
        index.snapshot(tmp_path / "copy")
    with wirecopy.Index(tmp_path / "copy", read_only=True) as index:
        assert len(index) == 300
        with pytest.raises(wirecopy.UsageError):
            index.add(rows[0])


def test_errors_of_the_disk(tmp_path, rows):
    path = tmp_path / "index"
    with pytest.raises(wirecopy.Error, match="index"):
        wirecopy.Index(path, create=False)
    with wirecopy.Index(path, window=DAY) as index:
        index.add(rows[0])
        with pytest.raises(wirecopy.StateError, match="another|in use|locked"):
            wirecopy.Index(path)
        with wirecopy.Index(path, read_only=True):
            pass
    with pytest.raises(wirecopy.StateError, match="threshold"):
        wirecopy.Index(path, threshold=0.9)
    with pytest.raises(wirecopy.StateError, match="window"):
        wirecopy.Index(path, window="2d")


def test_windows():
    for window in [2 * DAY, "2d", "48h", datetime.timedelta(days=2)]:
        index = wirecopy.Index(window=window, clock="feed", max_clock_jump="30d")
        assert index.statistics().window == 2 * DAY
    index.add(story(1, published=1_700_000_000))
    assert index.add(story(2, published=1_700_000_000 + DAY)).match == "a1"
    assert index.add(story(3, published=1_700_000_000 + 9 * DAY)).is_new
    assert index.add(story(4, published=1_700_000_000)).outcome == "too-old"
    assert index.expire(datetime.datetime(2030, 1, 1)) >= 0 and index.query(story(5)).is_new
    for wrong in ["2 days", "d", "", "-2d", "2y", "٢d"]:
        with pytest.raises(wirecopy.UsageError, match="window"):
            wirecopy.Index(window=wrong)
    for wrong in [2.5, True, b"2d"]:
        with pytest.raises(TypeError, match="window"):
            wirecopy.Index(window=wrong)


def test_clusters_and_events():
    index = wirecopy.Index()
    decisions = index.add_batch([story(1), story(2), {"id": "x", "text": "Nothing of the kind was said in the south."}])
    cluster = index.cluster(decisions[1].cluster)
    assert [m.id for m in cluster.members] in (["a1", "a2"], ["a2", "a1"]) and cluster.became is None
    assert cluster.members[0].source == "one.example" and cluster.members[0].published is None
    event = index.events()[0]
    assert (event.number, event.change, event.articles) == (1, "created", ["a1", "a2"])
    assert index.events(after=1) == [] and index.events(0, 0) == []
    assert index.cluster_of("x") is None and index.cluster("w0000000000000000") is None
    passages = index.shared_passages(story(1), "a2")
    assert passages and STORY.split(",")[0] in passages[0]
    assert index.shared_passages(story(1), "unknown") == []
    assert index.remove("a1") is True and index.remove("a1") is False
    assert index.events(after=1)[-1].change in ("left", "split")


def test_an_invalid_article_gives_a_decision():
    index = wirecopy.Index()
    decisions = index.add_batch([{"id": "1", "text": 5}, story(2), {"text": b"bytes"}, story(3), {"text": "x" * (17 << 20)}])
    assert [d.outcome for d in decisions] == ["rejected", "added", "rejected", "added", "rejected"]
    assert [d.reason for d in decisions] == ["text-type", None, "text-type", None, "line-too-long"]
    assert decisions[3].match == "a2" and not decisions[0].is_new
    assert index.add({"text": 5}).reason == "text-type"


def test_an_iterable_that_raises_leaves_whole_batches():
    def articles():
        yield from (story(i) for i in range(25))
        raise KeyError("the queue is gone")

    index = wirecopy.Index()
    with pytest.raises(KeyError, match="the queue is gone"):
        index.add_batch(articles(), batch_size=10)
    assert len(index) == 20


def test_many_threads_use_one_index(rows):
    index = wirecopy.Index()
    parts = [rows[i::4] for i in range(4)]
    failures = []

    def work(part):
        try:
            for at in range(0, len(part), 50):
                index.add_batch(part[at:at + 50])
                index.query(part[at]), index.statistics(), index.events(limit=3)
        except BaseException as error:  # asserted below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [] and len(index) == len(rows)


def test_closing_while_others_work(rows):
    index = wirecopy.Index()
    thread = threading.Thread(target=index.add_batch, args=(rows,))
    thread.start()
    index.close()
    thread.join()
    index.close()
    with pytest.raises(wirecopy.UsageError, match="closed"):
        index.add(rows[0])


def test_objects_cannot_be_pickled():
    index, result = wirecopy.Index(), wirecopy.deduplicate([story(1), story(2)])
    for each in [index, result, result.articles, result.unique]:
        with pytest.raises(TypeError, match="cannot be pickled"):
            pickle.dumps(each)
    with pytest.raises(TypeError):
        pickle.dumps(index.query(story(1)))
