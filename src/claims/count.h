// SPDX-License-Identifier: Apache-2.0
// COUNT: a figure's interval against the counted interval of the same thing.
#pragma once

#include "claims/confront.h"
#include "claims/figure_value.h"

namespace careo {

/// Fits, does not fit, or undecidable where only what could not be read would tell. Both in whole things.
Verdict compare_counts(const FigureValue& figure, const HeldCount& held);

/// The confrontation of a figure that stands in `sentence`. A figure of people by what they are or do is a ROLE and
/// undecidable; one of a thing that the case does not count, or that is not said of the leak, is nothing_held.
Confrontation confront_figure(const FigureValue& figure, const std::string& raw, std::string_view sentence,
                              const EvidenceValues& evidence);

/// True where the sentence says its thing of the leak: documents and mails unless another place is named; persons,
/// countries, files and accounts only where the leak is named.
bool said_of_leak(std::string_view thing, std::string_view sentence);

/// "one of the passports", "tres de los contratos": some of a whole that is counted elsewhere.
bool is_partitive(std::string_view raw);

}  // namespace careo
