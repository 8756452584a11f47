// SPDX-License-Identifier: Apache-2.0
// One function a command: takes what was typed, prints, returns the exit code or the error that ends it.
#pragma once

#include "careo/args.h"
#include "desk/drops.h"
#include "desk/intake.h"
#include "desk/session.h"

namespace careo::cli {

Result<int> run_new(const Arguments& arguments);
Result<int> run_add(const Arguments& arguments);
Result<int> run_retry(const Arguments& arguments);
Result<int> run_inventory(const Arguments& arguments);
Result<int> run_check(const Arguments& arguments);
Result<int> run_ids(const Arguments& arguments);
Result<int> run_people(const Arguments& arguments);
Result<int> run_search(const Arguments& arguments);
Result<int> run_show(const Arguments& arguments);
Result<int> run_claims(const Arguments& arguments);
Result<int> run_serve(const Arguments& arguments);
Result<int> run_decide(const Arguments& arguments);
Result<int> run_read(const Arguments& arguments);
Result<int> run_compare(const Arguments& arguments);
Result<int> run_forget(const Arguments& arguments);
Result<int> run_resolve(const Arguments& arguments);

/// What stays of something forgotten, in a sentence and as a row of JSON.
std::string tombstone_line(const Tombstone& stone);
std::string tombstone_row(const Tombstone& stone);

/// A later drop in a sentence. REQUIRES: it has an earlier one.
std::string drop_line(const Drop& drop);
void print_drops(const std::vector<Drop>& all);
void print_drops_json(const std::vector<Drop>& all);

/// Set by SIGINT and SIGTERM.
const StopFlag& stop_flag();

/// The key that options, environment or terminal give.
enum class Ask { Once, Twice };
Result<Key> key_of(const Arguments& arguments, Ask ask);

/// The case named by the first word, opened.
Result<Session> open_session(const Arguments& arguments, Case::Access access);

/// Workers beside this program, as many as --workers says (2 without it).
Result<IntakeOptions> intake_options(const Arguments& arguments);

}  // namespace careo::cli
