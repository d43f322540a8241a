// A story in the store: its records are pieces, so that an arrival writes what it changes and no more.
//
// Problem. A flood makes a story of hundreds of texts and ten thousands of compared pairs, a megabyte. Every arrival
// adds one text, or an article to one.
//
// Idea. The head holds what small stories need: the first nodes and the latest edges. Further nodes lie in pieces of
// kNodesOfAPiece, earlier edges in pieces of kEdgesOfAPiece, which are written once they are full. Edges name nodes by
// their slots, which stay when other nodes leave, so a piece stays as it is too. Large stories are not clustered again
// (stories.hpp), so nobody reads the pieces of their edges, until they have shrunk.
//
// Cost. Reading: one record, and one for every kNodesOfAPiece nodes. Writing: those of them that differ, about 10 KB at
// most, unless texts leave, stories merge, or a story moves on to another generation.
#pragma once

#include <cstddef>

#include "index/records.hpp"
#include "store/store.hpp"

namespace wirecopy {

inline constexpr std::size_t kNodesOfAPiece = 32, kEdgesOfAPiece = 256;

/// All but the edges in pieces of their own. False where there is no such story; throws Error(state) for damage.
[[nodiscard]] bool read_story(const PendingStore& store, StoryKey key, Story& story);
/// The edges that read_story() left out. Edges of nodes that are gone are dropped.
void read_edges(const PendingStore& store, Story& story);
/// Writes a story under its key, which was read from there or is new.
void write_story(PendingStore& store, Story& story);
/// Takes the records away that the story was read from.
void erase_story(PendingStore& store, const Story& story);

}  // namespace wirecopy
