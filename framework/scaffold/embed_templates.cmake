# Writes OUT, a C++ file that holds the template files of sdk/templates. FILES are relative to ROOT,
# joined by "|".
string(REPLACE "|" ";" FILES "${FILES}")
set(code "// Made from sdk/templates by embed_templates.cmake.\n#include \"scaffold/template_files.hpp\"\n
namespace steppe {\n\nnamespace {\n\nconstexpr TemplateFile kFiles[] = {\n")
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} text)
  string(FIND "${text}" ")steppe\"" closing)
  if(NOT closing EQUAL -1)
    message(FATAL_ERROR "${file} holds the text that ends it in the program")
  endif()
  string(APPEND code "{\"${file}\", R\"steppe(${text})steppe\"},\n")
endforeach()
string(APPEND code "};\n\n}  // namespace\n
std::span<const TemplateFile> template_files() { return kFiles; }\n\n}  // namespace steppe\n")
file(WRITE ${OUT} "${code}")
