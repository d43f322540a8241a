"""Inconsistent Arrow data is rejected with a clear error and never read. The arrays are built field by field."""

import ctypes
import struct

import pyarrow as pa
import pytest
import wirecopy
from made_feed import STORY


class Schema(ctypes.Structure):
    pass


class Array(ctypes.Structure):
    pass


Schema._fields_ = [("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_char_p), ("flags", ctypes.c_int64),
                   ("n_children", ctypes.c_int64), ("children", ctypes.POINTER(ctypes.POINTER(Schema))),
                   ("dictionary", ctypes.POINTER(Schema)), ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p)]
Array._fields_ = [("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64), ("n_buffers", ctypes.c_int64),
                  ("n_children", ctypes.c_int64), ("buffers", ctypes.POINTER(ctypes.c_void_p)),
                  ("children", ctypes.POINTER(ctypes.POINTER(Array))), ("dictionary", ctypes.POINTER(Array)),
                  ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p)]

release_nothing = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(lambda address: None)
RELEASE = ctypes.cast(release_nothing, ctypes.c_void_p).value
alive = []  # keeps alive everything that the engine may access


def kept(value):
    alive.append(value)
    return value


def pointers(kind, items):
    return kept((kind * len(items))(*items)) if items else None


def schema(format, name="", children=(), dictionary=None):
    made = kept(Schema(format=format, name=None if name is None else name.encode(), flags=2, release=RELEASE))
    made.n_children = len(children)
    made.children = pointers(ctypes.POINTER(Schema), [None if c is None else ctypes.pointer(c) for c in children])
    if dictionary is not None:
        made.dictionary = ctypes.pointer(dictionary)
    return made


def array(length, *buffers, children=(), offset=0, nulls=0, dictionary=None):
    held = [None if b is None else ctypes.cast(kept(ctypes.create_string_buffer(b, max(len(b), 1))), ctypes.c_void_p).value
            for b in buffers]
    made = kept(Array(length=length, null_count=nulls, offset=offset, n_buffers=len(held), release=RELEASE))
    made.buffers = pointers(ctypes.c_void_p, held)
    made.n_children = len(children)
    made.children = pointers(ctypes.POINTER(Array), [None if c is None else ctypes.pointer(c) for c in children])
    if dictionary is not None:
        made.dictionary = ctypes.pointer(dictionary)
    return made


def capsule(value, name):
    new = ctypes.pythonapi.PyCapsule_New
    new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    return new(ctypes.addressof(value), name, None)


class ArrowTable:
    def __init__(self, schema, array):
        self.parts = schema, array

    def __arrow_c_array__(self, requested_schema=None):
        return capsule(self.parts[0], b"arrow_schema"), capsule(self.parts[1], b"arrow_array")


def table(column_schema, column, length=2, **fields):
    return ArrowTable(schema(b"+s", children=[column_schema]), array(length, None, children=[column], **fields))


def ints(kind, *numbers):
    return struct.pack(f"<{len(numbers)}{kind}", *numbers)


TEXT = (STORY + " And more of it.").encode()
SIZE = len(TEXT)
OFFSETS = ints("i", 0, SIZE, 2 * SIZE)
VIEW = ints("i", SIZE, 0, 0, 0)


def strings(length=2, bits=None, offsets=OFFSETS, data=TEXT * 2, **fields):
    return array(length, bits, offsets, data, **fields)


def views(view=VIEW, sizes=ints("q", SIZE), **fields):
    return array(2, None, VIEW + view, TEXT, sizes, **fields)


def coded(indices=b"\0\1", kind=b"c", values=None, **fields):
    made = strings() if values is None else values
    return schema(kind, "text", dictionary=schema(b"u")), array(2, None, indices, dictionary=made, **fields)


def text(**fields):
    return table(schema(b"u", "text"), strings(**fields))


def changed(value, **fields):
    for name, number in fields.items():
        setattr(value, name, number)
    return value


VALID = {
    "strings": lambda: text(),
    "bits": lambda: text(bits=b"\3", nulls=-1),
    "large strings": lambda: table(schema(b"U", "text"), strings(offsets=ints("q", 0, SIZE, 2 * SIZE))),
    "views": lambda: table(schema(b"vu", "text"), views()),
    "a view of a null": lambda: table(schema(b"vu", "text"), array(2, b"\1", VIEW + ints("i", 99, 0, 9, -1), TEXT, ints("q", SIZE), nulls=1)),
    "short views": lambda: table(schema(b"vu", "text"), array(2, None, (ints("i", 5) + b"a b c" + bytes(7)) * 2, None)),
    "dictionaries": lambda: table(*coded()),
    "an offset": lambda: table(schema(b"u", "text"), strings(3, offsets=ints("i", 7, 9) + OFFSETS[4:], data=TEXT * 2), offset=1),
    "no rows": lambda: table(schema(b"u", "text"), strings(0, offsets=None, data=None), length=0),
    "empty strings": lambda: text(offsets=ints("i", 0, 0, 0), data=None),
    "a column without a name": lambda: ArrowTable(schema(b"+s", children=[schema(b"u", None), schema(b"u", "text")]),
                                                array(2, None, children=[strings(), strings()])),
}


@pytest.mark.parametrize("name", VALID)
def test_valid_arrays_are_read(name):
    made = VALID[name]()
    assert len(wirecopy.deduplicate(made, allow_empty=True).articles.to_dicts()) == made.parts[1].length


DAMAGED = {
    # lengths
    "a column shorter than its table": lambda: text(length=1),
    "a column shorter than its offset requires": lambda: table(schema(b"u", "text"), strings(), offset=1),
    "a negative length": lambda: text(length=-1),
    "a negative offset": lambda: text(offset=-1),
    "a huge length": lambda: text(length=2**63 - 1),
    "a huge offset": lambda: text(offset=2**63 - 1),
    "a table of negative length": lambda: table(schema(b"u", "text"), strings(), length=-5),
    "a struct in a table that is too short": lambda: ArrowTable(
        schema(b"+s", children=[schema(b"+s", "text", children=[schema(b"u", "body")])]),
        array(2, None, children=[array(1, None, children=[strings()])])),
    "a column of a struct that is too short": lambda: ArrowTable(
        schema(b"+s", children=[schema(b"+s", "text", children=[schema(b"u", "body")])]),
        array(2, None, children=[array(2, None, children=[strings()], offset=1)])),
    # nulls
    "more nulls than values": lambda: text(bits=b"\0", nulls=3),
    "a negative number of nulls": lambda: text(bits=b"\0", nulls=-2),
    "nulls without validity bits": lambda: text(nulls=1),
    # buffers
    "too few buffers": lambda: table(schema(b"u", "text"), array(2, None, OFFSETS)),
    "too many buffers": lambda: table(schema(b"u", "text"), array(2, None, OFFSETS, TEXT, TEXT)),
    "no buffers": lambda: table(schema(b"u", "text"), changed(strings(), buffers=None)),
    "no offsets": lambda: text(offsets=None),
    "no bytes": lambda: text(data=None),
    "a released column": lambda: table(schema(b"u", "text"), changed(strings(), release=None)),
    # offsets
    "decreasing offsets": lambda: text(offsets=ints("i", 0, 2 * SIZE, SIZE)),
    "negative offsets": lambda: text(offsets=ints("i", -9, SIZE, SIZE)),
    "decreasing offsets, large": lambda: table(schema(b"U", "text"), strings(offsets=ints("q", 0, 2 * SIZE, SIZE))),
    "negative offsets, large": lambda: table(schema(b"U", "text"), strings(offsets=ints("q", -(2**62), SIZE, SIZE))),
    # views
    "a view into a missing buffer": lambda: table(schema(b"vu", "text"), views(ints("i", SIZE, 0, 1, 0))),
    "a view into a negative buffer": lambda: table(schema(b"vu", "text"), views(ints("i", SIZE, 0, -1, 0))),
    "a view beyond its buffer": lambda: table(schema(b"vu", "text"), views(ints("i", SIZE, 0, 0, 1))),
    "a view before its buffer": lambda: table(schema(b"vu", "text"), views(ints("i", SIZE, 0, 0, -1))),
    "a view of negative size": lambda: table(schema(b"vu", "text"), views(ints("i", -1, 0, 0, 0))),
    "views without sizes": lambda: table(schema(b"vu", "text"), views(sizes=None)),
    "views with too few buffers": lambda: table(schema(b"vu", "text"), array(2, None, VIEW * 2)),
    # dictionaries
    "an index out of range": lambda: table(*coded(b"\0\2")),
    "a negative index": lambda: table(*coded(b"\0\xff")),
    "a huge index": lambda: table(*coded(ints("Q", 0, 2**64 - 1), b"L")),
    "a damaged dictionary": lambda: table(*coded(values=strings(offsets=ints("i", 0, 2 * SIZE, SIZE)))),
    "a dictionary of negative length": lambda: table(*coded(values=strings(length=-1))),
    "no dictionary": lambda: table(coded()[0], array(2, None, b"\0\1")),
    "an unexpected dictionary": lambda: table(schema(b"u", "text"), changed(strings(), dictionary=ctypes.pointer(strings()))),
    "indices that are strings": lambda: table(schema(b"u", "text", dictionary=schema(b"u")), strings(dictionary=strings())),
    # children
    "too few children": lambda: ArrowTable(schema(b"+s", children=[schema(b"u", "text")]), array(2, None)),
    "a missing child": lambda: ArrowTable(schema(b"+s", children=[schema(b"u", "text")]), array(2, None, children=[None])),
    "no list of children": lambda: ArrowTable(schema(b"+s", children=[schema(b"u", "text")]),
                                            changed(array(2, None, children=[strings()]), children=None)),
    # schemas
    "no type": lambda: table(schema(None, "text"), strings()),
    "a schema without its child": lambda: ArrowTable(schema(b"+s", children=[None]), array(2, None, children=[strings()])),
    "a negative number of children": lambda: ArrowTable(changed(schema(b"+s"), n_children=-1), array(2, None)),
    "no list of children in the schema": lambda: ArrowTable(changed(schema(b"+s"), n_children=1), array(2, None)),
}

FIELDS = {"a struct in a table that is too short", "a column of a struct that is too short"}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_arrays_are_rejected(name):
    fields = {"text": "text.body"} if name in FIELDS else None
    with pytest.raises(wirecopy.UsageError, match="damaged Arrow"):
        wirecopy.deduplicate(DAMAGED[name](), fields=fields)


def test_the_error_names_the_damage():
    with pytest.raises(wirecopy.UsageError, match="column 'text': offsets decrease from .* at value 1"):
        wirecopy.deduplicate(DAMAGED["decreasing offsets"]())
    with pytest.raises(wirecopy.UsageError, match="column 'text': 1 values for 2 rows"):
        wirecopy.deduplicate(text(length=1))
    with pytest.raises(wirecopy.UsageError, match="value 1 has index 2 in a dictionary of 2"):
        wirecopy.deduplicate(DAMAGED["an index out of range"]())


def test_deep_schemas_are_rejected():
    deep = schema(b"u", "text")
    for _ in range(1000):
        deep = schema(b"+s", "text", children=[deep])
    with pytest.raises(wirecopy.UsageError, match="nested deeper"):
        wirecopy.deduplicate(ArrowTable(deep, array(0, None)))


def test_unused_columns_are_not_checked():
    made = ArrowTable(schema(b"+s", children=[schema(b"u", "text"), schema(b"u", "unused")]),
                    array(2, None, children=[strings(), strings(offsets=ints("i", 9, 5, 1))]))
    assert len(wirecopy.deduplicate(made).articles.to_dicts()) == 2


def test_signatures_of_damaged_texts_are_refused():
    assert len(wirecopy.signatures(ArrowTable(schema(b"u"), strings()))) == 2
    with pytest.raises(wirecopy.UsageError, match="the texts: offsets decrease"):
        wirecopy.signatures(ArrowTable(schema(b"u"), strings(offsets=ints("i", 0, 2 * SIZE, SIZE))))


def dates_of(column):
    """The dates of two copies as read from this column."""
    result = wirecopy.deduplicate(pa.table({"text": [STORY] * 2, "published": column}))
    return [member["published"] and int(member["published"].timestamp()) for member in result.clusters[0]["members"]]


LAST = 7289654399  # 2200-12-31T23:59:59Z


@pytest.mark.parametrize("kind", [pa.timestamp(unit) for unit in ("s", "ms", "us", "ns")] + [pa.date64(), pa.int64()])
def test_numbers_out_of_range_are_not_dates(kind):
    for number in (-(2**63), 2**63 - 1):
        assert dates_of(pa.array([number] * 2, pa.int64()).view(kind)) == [None, None], number


@pytest.mark.parametrize("unit, scale", [("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)])
def test_timestamps_have_the_range_of_dates_in_feeds(unit, scale):
    kind = pa.timestamp(unit)
    assert dates_of(pa.array([LAST * scale] * 2, kind)) == [LAST] * 2
    assert dates_of(pa.array([(LAST + 1) * scale] * 2, kind)) == [None] * 2


def test_days_have_the_range_of_dates_in_feeds():
    for days in (-(2**31), 2**31 - 1, LAST // 86400 + 1):
        assert dates_of(pa.array([days] * 2, pa.int32()).view(pa.date32())) == [None] * 2


@pytest.mark.parametrize("scale", [1, 10**3, 10**6, 10**9])
def test_the_unit_of_a_number_is_inferred_from_its_magnitude(scale):
    moment = 1709547329
    assert dates_of(pa.array([moment * scale] * 2, pa.int64())) == [moment] * 2
    assert dates_of(pa.array([float(moment * scale)] * 2)) == [moment] * 2
    for date in (moment * scale, str(moment * scale)):
        result = wirecopy.deduplicate([{"text": STORY, "published": date}] * 2)
        assert result.clusters[0]["first_published"].timestamp() == moment
