// SPDX-License-Identifier: Apache-2.0
// JSON: a small writer of ours, and a reader that hides simdjson.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace careo {

class Json;

/// Writes one JSON value (RFC 8259) in the order it is told. Text must be UTF-8; ill-formed bytes become U+FFFD.
/// Keys come before values inside an object: `j.object().key("a").number(1).end()`.
class JsonWriter {
 public:
  JsonWriter& object();
  JsonWriter& array();
  JsonWriter& end();  ///< closes the innermost object or array
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::int64_t value);
  JsonWriter& number(double value);  ///< shortest form that reads back equal; null where not finite
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// Splices text that is already JSON.
  JsonWriter& json(std::string_view value);
  /// A parsed value again.
  JsonWriter& value(const Json& value);

  JsonWriter& member(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonWriter& member(std::string_view name, const char* value) { return key(name).text(value); }
  JsonWriter& member(std::string_view name, std::int64_t value) { return key(name).number(value); }

  const std::string& str() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate();
  std::string out_;
  std::vector<char> closers_;
  bool fresh_ = true;  // nothing written yet at this level
};

/// One parsed JSON value. Numbers that are whole and fit are Integer, all others Real.
class Json {
 public:
  enum class Type { Null, Boolean, Integer, Real, Text, Array, Object };

  /// Parses exactly one value; Malformed otherwise. Nesting is limited to 256.
  static Result<Json> parse(std::string_view text);

  Type type() const { return type_; }
  bool is_null() const { return type_ == Type::Null; }
  bool boolean(bool otherwise = false) const { return type_ == Type::Boolean ? integer_ != 0 : otherwise; }
  std::int64_t integer(std::int64_t otherwise = 0) const;
  double real(double otherwise = 0) const;
  /// The text, or "" where the value is not text.
  const std::string& text() const { return text_; }
  const std::vector<Json>& items() const { return items_; }
  const std::vector<std::pair<std::string, Json>>& members() const { return members_; }
  /// The member of that name, or a null value: chains without checks, `j["a"]["b"].text()`.
  const Json& operator[](std::string_view name) const;
  bool has(std::string_view name) const { return &(*this)[name] != &none(); }

 private:
  friend struct JsonBuilder;
  static const Json& none();
  Type type_ = Type::Null;
  std::int64_t integer_ = 0;
  double real_ = 0;
  std::string text_;
  std::vector<Json> items_;
  std::vector<std::pair<std::string, Json>> members_;
};

}  // namespace careo
