// SPDX-License-Identifier: Apache-2.0
// The readers of Stage::Mine, in the order in which their readings are listed.
#include "read/contact.h"
#include "read/date/date.h"
#include "read/figure/figure.h"
#include "read/name.h"
#include "read/place.h"
#include "read/readers.h"
#include "read/statement/statement.h"

namespace careo {

std::vector<const TextReader*> miners() {
  return {&date_reader(), &figure_reader(), &contact_reader(), &name_reader()};
}

std::vector<const TextReader*> article_miners() {
  return {&statement_reader(), &place_reader()};
}

}  // namespace careo
