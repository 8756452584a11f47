// SPDX-License-Identifier: Apache-2.0
// Pages that are known forms, told by their labels and where these stand: kind "form" of docs/formats/forms.md.
#pragma once

#include <memory>
#include <vector>

#include "read/form/value.h"

namespace careo {

struct KnownForm {
  FormMatch match;
  std::vector<FormValue> values;  ///< of labels of `match`
};

/// The form that the page is; nothing where it only speaks of one. REQUIRES: `page` outlives the result.
std::unique_ptr<KnownForm> known_form(const FormPage& page);

/// Looks at every page and text; a page without the words of a form costs a look at its words. Stateless.
class FormReader : public LayoutReader {
 public:
  std::string_view name() const override { return "form/1"; }
  std::vector<Reading> read(const Text& text, const LayoutOf& layout) const override;
};

}  // namespace careo
