#include "index/story_records.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "store/bytes.hpp"

namespace wirecopy {
namespace {

constexpr std::uint64_t kFirstPieceOfEdges = std::uint64_t{1} << 32;

Key head_key(StoryKey story) { return {Table::story, story, 0}; }
/// `piece`: from 1; the head is the piece 0.
Key nodes_key(StoryKey story, std::size_t piece) { return {Table::story, story, piece}; }
Key edges_key(StoryKey story, std::size_t piece) { return {Table::story, story, kFirstPieceOfEdges + piece}; }

void append(ByteWriter& out, const StoryNode& node) {
  out.number(node.key).number(node.content.high).number(node.content.low);
  out.number(node.cluster).number(node.newest).number(node.living).number(node.text_tokens);
  out.number(node.published).number(node.source).number(node.agency).number(node.slot);
  out.array(node.title.words());
}

void append(ByteWriter& out, std::span<const StoryNode> nodes) {
  for (const StoryNode& node : nodes) append(out, node);
}

void append(ByteWriter& out, std::span<const StoryEdge> edges, const std::vector<StoryNode>& nodes) {
  out.number(static_cast<std::uint32_t>(edges.size()));
  for (const StoryEdge& edge : edges) {
    out.number(nodes[edge.a].slot).number(nodes[edge.b].slot).number(static_cast<std::uint8_t>(edge.kinship));
    if (edge.kinship == Kinship::match) out.number(edge.share).number(edge.jaccard);
  }
}

void take_nodes(ByteReader& in, std::size_t count, std::vector<StoryNode>& nodes) {
  std::vector<std::uint16_t> words;
  for (; count > 0; --count) {
    StoryNode& node = nodes.emplace_back();
    node.key = in.id<ArticleKey>();
    node.content.high = in.number<std::uint64_t>();
    node.content.low = in.number<std::uint64_t>();
    node.cluster = in.id<ClusterNumber>();
    node.newest = in.number<std::int64_t>();
    node.living = in.number<std::uint32_t>();
    node.text_tokens = in.number<std::uint32_t>();
    node.published = in.number<std::int64_t>();
    node.source = in.number<std::uint32_t>();
    node.agency = in.number<std::uint8_t>();
    node.slot = in.number<std::uint32_t>();
    in.array(words);
    node.title = TitleWords::of(words);
    if (nodes.size() > 1 && nodes[nodes.size() - 2].slot >= node.slot) ByteReader::damaged();
  }
}

/// The position of the node with this slot; none: it is gone.
std::optional<std::uint32_t> position_of(const std::vector<StoryNode>& nodes, std::uint32_t slot) {
  const auto found = std::lower_bound(nodes.begin(), nodes.end(), slot,
                                      [](const StoryNode& node, std::uint32_t wanted) { return node.slot < wanted; });
  if (found == nodes.end() || found->slot != slot) return std::nullopt;
  return static_cast<std::uint32_t>(found - nodes.begin());
}

void take_edges(ByteReader& in, const std::vector<StoryNode>& nodes, std::vector<StoryEdge>& edges) {
  for (auto left = in.number<std::uint32_t>(); left > 0; --left) {
    const auto a = position_of(nodes, in.number<std::uint32_t>()), b = position_of(nodes, in.number<std::uint32_t>());
    const auto kinship = in.number<std::uint8_t>();
    if (kinship > static_cast<std::uint8_t>(Kinship::match)) ByteReader::damaged();
    StoryEdge edge{0, 0, static_cast<Kinship>(kinship)};
    if (edge.kinship == Kinship::match) {
      edge.share = in.number<double>();
      edge.jaccard = in.number<double>();
    }
    if (!a || !b) continue;
    edge.a = *a, edge.b = *b;
    edges.push_back(edge);
  }
}

std::size_t pieces_of_nodes(std::size_t nodes) { return nodes == 0 ? 0 : (nodes - 1) / kNodesOfAPiece; }

void read_piece(const PendingStore& store, const Key& key, const std::function<void(ByteReader&)>& use) {
  const bool is_there = store.read(key, [&](std::string_view bytes) {
    ByteReader in(bytes);
    use(in);
    in.end();
  });
  if (!is_there) throw Error(ErrorKind::state, "the index is damaged: a piece of a story is missing");
}

void put_if_changed(PendingStore& store, const Key& key, std::string bytes) {
  bool is_same = false;
  store.read(key, [&](std::string_view before) { is_same = before == bytes; });
  if (!is_same) store.put(key, std::move(bytes));
}

void write_nodes(PendingStore& store, Story& story) {
  const std::size_t pieces = pieces_of_nodes(story.nodes.size());
  for (std::size_t piece = 1; piece <= pieces; ++piece) {
    const auto nodes = std::span<const StoryNode>(story.nodes).subspan(piece * kNodesOfAPiece);
    ByteWriter out;
    append(out, nodes.first(std::min(nodes.size(), kNodesOfAPiece)));
    put_if_changed(store, nodes_key(story.key, piece), out.take());
  }
  for (std::size_t piece = pieces + 1; piece <= story.pieces_of_nodes; ++piece) {
    store.erase(nodes_key(story.key, piece));
  }
  story.pieces_of_nodes = static_cast<std::uint32_t>(pieces);
}

/// Writes full pieces, and returns the edges that are left for the head.
std::span<const StoryEdge> write_edges(PendingStore& store, Story& story) {
  std::span<const StoryEdge> left(story.edges);
  std::uint32_t piece = story.unread_pieces;
  for (; left.size() > kEdgesOfAPiece; left = left.subspan(kEdgesOfAPiece)) {
    ByteWriter out;
    append(out, left.first(kEdgesOfAPiece), story.nodes);
    put_if_changed(store, edges_key(story.key, piece++), out.take());
  }
  for (std::uint32_t old = piece; old < story.pieces_of_edges; ++old) store.erase(edges_key(story.key, old));
  story.pieces_of_edges = piece;
  return left;
}

}  // namespace

bool read_story(const PendingStore& store, StoryKey key, Story& story) {
  std::uint32_t nodes = 0;
  std::string tail;
  story = {};
  const bool is_there = store.read(head_key(key), [&](std::string_view bytes) {
    ByteReader in(bytes);
    story.key = in.id<StoryKey>();
    story.next_slot = in.number<std::uint32_t>();
    nodes = in.number<std::uint32_t>();
    story.pieces_of_edges = story.unread_pieces = in.number<std::uint32_t>();
    take_nodes(in, std::min<std::size_t>(nodes, kNodesOfAPiece), story.nodes);
    tail = in.rest();
  });
  if (!is_there) return false;
  if (story.key != key) ByteReader::damaged();
  story.pieces_of_nodes = static_cast<std::uint32_t>(pieces_of_nodes(nodes));
  for (std::uint32_t piece = 1; piece <= story.pieces_of_nodes; ++piece) {
    read_piece(store, nodes_key(key, piece), [&](ByteReader& in) {
      take_nodes(in, std::min<std::size_t>(nodes - story.nodes.size(), kNodesOfAPiece), story.nodes);
    });
  }
  ByteReader in(tail);
  take_edges(in, story.nodes, story.edges);
  in.end();
  for (StoryNode& node : story.nodes) node.placed_in = key, node.named_for = node.cluster;
  return true;
}

void read_edges(const PendingStore& store, Story& story) {
  if (story.unread_pieces == 0) return;
  std::vector<StoryEdge> edges;
  for (std::uint32_t piece = 0; piece < story.unread_pieces; ++piece) {
    read_piece(store, edges_key(story.key, piece), [&](ByteReader& in) { take_edges(in, story.nodes, edges); });
  }
  edges.insert(edges.end(), story.edges.begin(), story.edges.end());
  story.edges = std::move(edges);
  story.unread_pieces = 0;
}

void write_story(PendingStore& store, Story& story) {
  // Edges of nodes that have left make up most of the pieces: without them there are fewer pieces than nodes.
  if (story.unread_pieces > story.nodes.size()) read_edges(store, story);
  write_nodes(store, story);
  const std::span<const StoryEdge> left = write_edges(store, story);
  ByteWriter out;
  out.number(story.key).number(story.next_slot).number(static_cast<std::uint32_t>(story.nodes.size()));
  out.number(story.pieces_of_edges);
  append(out, std::span<const StoryNode>(story.nodes).first(std::min(story.nodes.size(), kNodesOfAPiece)));
  append(out, left, story.nodes);
  put_if_changed(store, head_key(story.key), out.take());
}

void erase_story(PendingStore& store, const Story& story) {
  store.erase(head_key(story.key));
  for (std::uint32_t piece = 1; piece <= story.pieces_of_nodes; ++piece) store.erase(nodes_key(story.key, piece));
  for (std::uint32_t piece = 0; piece < story.pieces_of_edges; ++piece) store.erase(edges_key(story.key, piece));
}

}  // namespace wirecopy
