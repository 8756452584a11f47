// SPDX-License-Identifier: Apache-2.0
#include "desk/session.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "crypto/secret.h"

namespace careo {

Watch watched(Progress& progress, const StopFlag& stop) {
  return [&progress, &stop](const Headway& way) -> Result<void> {
    if (stop) return fail(Fault::Refused, "stopped");
    Tally tally;
    tally.phase = way.phase;
    const bool bytes = way.unit == Headway::Unit::Bytes;
    (bytes ? tally.bytes : tally.done) = way.done;
    (bytes ? tally.total_bytes : tally.total) = way.total;
    progress.tell(tally);
    return {};
  };
}

Result<Session> Session::open(const std::string& path, const Key& key, Case::Access access, const Watch& watch) {
  Session out;
  out.store = TRY(Case::open(path, key, access, watch));
  out.index = TRY(SearchIndex::open(out.store->index_database()));
  TRY(out.index->catch_up(*out.store, watch));
  return out;
}

Result<Session> Session::beside() {
  Session out;
  out.store = TRY(store->beside());
  out.index = TRY(SearchIndex::open(out.store->index_database()));
  return out;
}

Result<std::unique_ptr<Throwaway>> Throwaway::make() {
  std::error_code error;
  std::string folder = (std::filesystem::temp_directory_path(error) / "careo-read-XXXXXX").string();
  if (error || ::mkdtemp(folder.data()) == nullptr)
    return fail(Fault::Io, "no temporary folder: " + (error ? error.message() : std::strerror(errno)));
  std::unique_ptr<Throwaway> out(new Throwaway);
  out->folder_ = folder;
  const Secret secret = Secret::random();
  Key key;
  key.bytes = text_of(secret.bytes());
  TRY(Case::create(folder + "/case", key));
  out->session_ = TRY(Session::open(folder + "/case", key, Case::Access::Write));
  return out;
}

Throwaway::~Throwaway() {
  session_.index.reset();
  session_.store.reset();
  std::error_code ignored;  // a folder left behind holds sealed bytes whose key is gone
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace careo
