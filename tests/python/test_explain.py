"""explain() explains why two articles are or are not copies."""

import json

import pytest
import wirecopy
from made_feed import STORY, command


def test_two_articles():
    longer = "Weather news of today, as told by the paper. " + STORY + " More rain is expected until the end of the week."
    why = wirecopy.explain({"id": "a", "text": STORY, "source": "one.example"},
                           {"id": "b", "title": "Rain", "text": longer, "source": "two.example"})
    assert (why.matches, why.relation, why.judgement, why.outcome) == (True, "excerpt", "copies", "linked")
    assert why.similarity.containment == 1 and why.passages_found == 1 and why.threshold == 0.5
    assert why.passages[0].first == STORY.rstrip(".") and why.passages[0].words > 30
    assert "A is an excerpt of B" in str(why) and "excerpt" in repr(why)
    kinds = {segment["kind"] for segment in why.to_dict()["articles"][1]["text"]}
    assert {"shared", "own"} <= kinds
    strict = wirecopy.explain({"text": STORY}, {"text": STORY[:100] + longer[150:]}, threshold=0.99)
    assert not strict.matches and strict.relation is None
    assert wirecopy.explain({"text": STORY}, {"text": STORY}).relation == "exact"
    assert wirecopy.explain({}, {}).judgement == "too-short"


def test_articles_of_a_result_ignore_its_boilerplate(rows):
    result = wirecopy.deduplicate(rows)
    for match in list(result.matches)[:40]:
        why = wirecopy.explain(rows[match["row_a"]], rows[match["row_b"]], result=result)
        assert why.matches and why.relation == match["relation"]
        assert why.similarity.jaccard == match["jaccard"] and why.similarity.containment == match["containment"]


def test_a_directory(made):
    row = next(json.loads(line) for line in open(made / "result/articles.jsonl") if '"kept":false' in line)
    why = wirecopy.explain(row["id"], row["match"], result=made / "result")
    assert why.outcome == "linked" and why.warnings == []
    assert why.to_dict() == json.loads(command("explain", made / "result", row["id"], row["match"], "--json"))


def test_errors(made, tmp_path):
    article = {"text": STORY}
    with pytest.raises(wirecopy.UsageError, match="the second is not an article: text-type"):
        wirecopy.explain(article, {"text": 5})
    with pytest.raises(wirecopy.UsageError, match="nobody"):
        wirecopy.explain("nobody", "noone", result=made / "result")
    with pytest.raises(wirecopy.Error):
        wirecopy.explain("a", "b", result=tmp_path)
    result = wirecopy.deduplicate([article])
    for wrong in [lambda: wirecopy.explain("a", "b"), lambda: wirecopy.explain("a", article), lambda: wirecopy.explain(1, 2),
                  lambda: wirecopy.explain("a", "b", result=result), lambda: wirecopy.explain(article, article, result="dir"),
                  lambda: wirecopy.explain(article, article, result=result, threshold=0.4),
                  lambda: wirecopy.explain("a", "b", result=made / "result", threshold=0.4)]:
        with pytest.raises(TypeError):
            wrong()
