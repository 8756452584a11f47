// SPDX-License-Identifier: Apache-2.0
// Pages without any zone that look as if: what a leak is full of.
#pragma once

#include <span>
#include <string_view>

#include "dice.h"
#include "sheet.h"

namespace careo::bench {

enum class Decoy { BoardingPass, Ticket, BankSlip, Invoice, Listing, Capitals, Columns, Crossword, Barcode, Dump };
inline constexpr Decoy AllDecoys[] = {Decoy::BoardingPass, Decoy::Ticket,   Decoy::BankSlip, Decoy::Invoice,
                                      Decoy::Listing,      Decoy::Capitals, Decoy::Columns,  Decoy::Crossword,
                                      Decoy::Barcode,      Decoy::Dump};
std::string_view name_of(Decoy decoy);

Sheet draw_decoy(Dice& dice, Decoy decoy, double dots);

}  // namespace careo::bench
