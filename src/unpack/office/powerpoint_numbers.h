// SPDX-License-Identifier: Apache-2.0
// Numbers of paragraphs in PowerPoint 97 to 2003: they stand in no text but are counted, as PowerPoint 2000 began to
// ([MS-PPT] 2.9.67: StyleTextProp9Atom).
#pragma once

#include <set>
#include <string>

#include "unpack/office/powerpoint_file.h"
#include "unpack/office/slide_numbers.h"

namespace careo {

/// The text of a text record, each paragraph with its number. `runs`: its StyleTextPropAtom; `extra`: its
/// StyleTextProp9Atom, empty where it has none. `unread` gets what keeps numbers from being given.
std::string ppt_numbered_text(Bytes stream, const PptRecord& text, Bytes runs, Bytes extra, SlideCount* count,
                              std::set<std::string>* unread);

/// True where a TextMasterStyle9Atom (2.9.42) or a TextDefaults9Atom numbers paragraphs that say nothing of it
/// themselves.
bool ppt_master_numbers(Bytes levels);
bool ppt_default_numbers(Bytes defaults);

}  // namespace careo
