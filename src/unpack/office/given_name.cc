// SPDX-License-Identifier: Apache-2.0
#include "unpack/office/given_name.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace careo {
namespace {

constexpr std::string_view kDigits = "0123456789";

/// What stands before the number at the end; the whole where there is none.
std::string_view before_number(std::string_view name) {
  const std::size_t last = name.find_last_not_of(kDigits);
  return last == std::string_view::npos ? std::string_view() : name.substr(0, last + 1);
}

/// Letters of any alphabet.
bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

bool is_numbered(std::string_view name) {
  const std::string_view words = before_number(name);
  if (words.size() == name.size()) return false;
  return words.empty() || words.ends_with(' ') || words.ends_with("\u00a0") || is_word(words);
}

/// "3 Imagen", "2 Marcador de contenido": Office 2007 and 2010 in Spanish put the number first. What a person calls "2
/// casas" stays.
bool is_numbered_in_spanish(std::string_view name) {
  constexpr auto kThings = std::to_array<std::string_view>(
      {"Abrir",     "Anillo",    "Arco",     "Autoforma",     "Bisel",     "Botón",      "Cerrar",   "Cinta",
       "Conector",  "Corchetes", "Cubo",     "CuadroTexto",   "Cuadro",    "Cruz",       "Diagrama", "Elipse",
       "Entrada",   "Esquina",   "Estrella", "Explosión",     "Flecha",    "Forma",      "Gráfico",  "Grupo",
       "Hexágono",  "Imagen",    "Lienzo",   "Llamada",       "Llaves",    "Línea",      "Marcador", "Marco",
       "Nube",      "Objeto",    "Onda",     "Paralelogramo", "Pentágono", "Pergamino",  "Proceso",  "Rectángulo",
       "Redondear", "Rombo",     "Sol",      "Subtítulo",     "Tabla",     "Terminador", "Trapecio", "Triángulo",
       "Título",    "WordArt"});
  const std::size_t number = name.find_first_not_of(kDigits);
  if (number == 0 || number == std::string_view::npos || name[number] != ' ') return false;
  const std::string_view words = name.substr(number + 1);
  return std::find(kThings.begin(), kThings.end(), words.substr(0, words.find(' '))) != kThings.end();
}

/// "image3.png", as programs name the pictures that they unpack.
bool is_picture_member(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && starts_with_ignoring_case(name, "image") && name.size() - dot <= 5 &&
         before_number(name.substr(0, dot)).size() == 5;
}

}  // namespace

bool is_given_name(std::string_view name) {
  name = trim(name);
  return !name.empty() && !is_numbered(name) && !is_numbered_in_spanish(name) && !is_picture_member(name) &&
         !name.starts_with("Google Shape;") && name != "officeArt object" && name != "Picture";
}

bool is_given_bookmark(std::string_view name) {
  constexpr auto kMade =
      std::to_array<std::string_view>({"OLE_LINK", "Text", "Check", "Dropdown", "bookmark", "Bookmark", "Bookmark "});
  constexpr auto kGoogle =
      std::to_array<std::string_view>({"kix.", "id.", "h.", "bookmark=", "heading=h.", "docs-internal-guid-"});
  name = trim(name);
  if (name.empty() || name.starts_with('_')) return false;
  const std::string_view words = before_number(name);
  if (words.size() < name.size() && std::find(kMade.begin(), kMade.end(), words) != kMade.end()) return false;
  return std::none_of(kGoogle.begin(), kGoogle.end(), [&](std::string_view begin) {
    return name.starts_with(begin) && name.find(' ') == std::string_view::npos;
  });
}

}  // namespace careo
