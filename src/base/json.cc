// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <cmath>

#include "base/text.h"

namespace careo {

void JsonWriter::separate() {
  if (!fresh_) out_ += ',';
  fresh_ = false;
}

JsonWriter& JsonWriter::object() {
  separate();
  out_ += '{';
  closers_.push_back('}');
  fresh_ = true;
  return *this;
}

JsonWriter& JsonWriter::array() {
  separate();
  out_ += '[';
  closers_.push_back(']');
  fresh_ = true;
  return *this;
}

JsonWriter& JsonWriter::end() {
  out_ += closers_.back();
  closers_.pop_back();
  fresh_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  text(name);
  out_ += ':';
  fresh_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  std::string cleaned;
  if (!is_utf8(value)) value = cleaned = clean_utf8(value).text;
  out_ += '"';
  for (const char c : value) {
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\r': out_ += "\\r"; break;
      case '\t': out_ += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          out_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out_ += c;
        }
    }
  }
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
  return json(fmt::format("{}", value));
}

JsonWriter& JsonWriter::number(double value) {
  return std::isfinite(value) ? json(fmt::format("{}", value)) : null();
}

JsonWriter& JsonWriter::boolean(bool value) {
  return json(value ? "true" : "false");
}
JsonWriter& JsonWriter::null() {
  return json("null");
}

JsonWriter& JsonWriter::json(std::string_view value) {
  separate();
  out_ += value;
  return *this;
}

// The depth of a parsed value is bounded by its parser (256), so this recursion is too.
JsonWriter& JsonWriter::value(const Json& value) {
  switch (value.type()) {
    case Json::Type::Null: return null();
    case Json::Type::Boolean: return boolean(value.boolean());
    case Json::Type::Integer: return number(value.integer());
    case Json::Type::Real: return number(value.real());
    case Json::Type::Text: return text(value.text());
    case Json::Type::Array:
      array();
      for (const Json& item : value.items()) this->value(item);
      return end();
    case Json::Type::Object:
      object();
      for (const auto& [name, member] : value.members()) key(name).value(member);
      return end();
  }
  return null();
}

struct JsonBuilder {
  static Json scalar(simdjson::dom::element element) {
    Json out;
    switch (element.type()) {
      case simdjson::dom::element_type::BOOL:
        out.type_ = Json::Type::Boolean;
        out.integer_ = element.get_bool().value_unsafe() ? 1 : 0;
        break;
      case simdjson::dom::element_type::INT64:
        out.type_ = Json::Type::Integer;
        out.integer_ = element.get_int64().value_unsafe();
        break;
      case simdjson::dom::element_type::UINT64:
        out.type_ = Json::Type::Real;
        out.real_ = static_cast<double>(element.get_uint64().value_unsafe());
        break;
      case simdjson::dom::element_type::DOUBLE:
        out.type_ = Json::Type::Real;
        out.real_ = element.get_double().value_unsafe();
        break;
      case simdjson::dom::element_type::STRING:
        out.type_ = Json::Type::Text;
        out.text_ = std::string(element.get_string().value_unsafe());
        break;
      default: break;
    }
    return out;
  }

  // The depth is bounded by the parser's own limit (256), so this recursion is too.
  static Json build(simdjson::dom::element element) {
    if (element.is_array()) {
      Json out;
      out.type_ = Json::Type::Array;
      const simdjson::dom::array items = element.get_array().value_unsafe();
      for (const auto item : items) out.items_.push_back(build(item));
      return out;
    }
    if (element.is_object()) {
      Json out;
      out.type_ = Json::Type::Object;
      const simdjson::dom::object members = element.get_object().value_unsafe();
      for (const auto member : members) out.members_.emplace_back(std::string(member.key), build(member.value));
      return out;
    }
    return scalar(element);
  }
};

Result<Json> Json::parse(std::string_view text) {
  simdjson::dom::parser parser;
  if (parser.allocate(text.size(), 256) != simdjson::SUCCESS) return fail(Fault::Refused, "JSON too large");
  simdjson::dom::element root;
  const auto code = parser.parse(simdjson::padded_string(text)).get(root);
  if (code != simdjson::SUCCESS) return fail(Fault::Malformed, simdjson::error_message(code));
  return JsonBuilder::build(root);
}

std::int64_t Json::integer(std::int64_t otherwise) const {
  if (type_ == Type::Integer) return integer_;
  return type_ == Type::Real && std::abs(real_) < 9e18 ? static_cast<std::int64_t>(real_) : otherwise;
}

double Json::real(double otherwise) const {
  if (type_ == Type::Real) return real_;
  return type_ == Type::Integer ? static_cast<double>(integer_) : otherwise;
}

const Json& Json::none() {
  static const Json kNone;
  return kNone;
}

const Json& Json::operator[](std::string_view name) const {
  for (const auto& [key, value] : members_)
    if (key == name) return value;
  return none();
}

}  // namespace careo
