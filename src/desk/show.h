// SPDX-License-Identifier: Apache-2.0
// What stands at the end of a trail: the part, all its places, what was read there, its text, its picture, its bytes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "desk/conversation.h"
#include "desk/relatives.h"
#include "desk/session.h"
#include "wire/crew.h"

namespace careo {

/// A text of a part, as it stands in all of them together.
struct ShownText {
  Region region;
  Grade grade = Grade::Unconfirmed;
  std::size_t begin = 0, end = 0;  ///< bytes of Shown::text
};

struct Shown {
  PartRow part;
  std::vector<Trail> places;        ///< sorted; the first is its home
  std::vector<Reading> readings;    ///< those that meet the trail's region; all where it has none
  std::vector<Decision> decisions;  ///< what people said of these readings, in order
  std::vector<Unread> unread;
  Children children;
  std::vector<Relative> relatives;             ///< nearly the same, most alike first
  std::vector<ConversationMail> conversation;  ///< of a mail: those it belongs with, oldest first
  std::string text;              ///< of the region, with some lines around it; the whole text without a region
  std::vector<ShownText> texts;  ///< what `text` is made of, in order, each on lines of its own
};

/// What a part belongs with: of a mail its conversation, of a text what is nearly the same.
enum class Surroundings { Conversation, None };

/// NotFound where the trail leads nowhere in this case.
Result<Shown> show(Session& session, const Trail& trail, Surroundings surroundings = Surroundings::Conversation);

/// The picture at the trail's region as PNG, drawn by a confined worker.
Result<Buffer> picture(Session& session, const Trail& trail, const CrewOptions& options, int max_side);

/// Streams the part's own bytes in blocks.
Result<void> original(Session& session, const Trail& trail, const std::function<Result<void>(Bytes)>& block);

}  // namespace careo
