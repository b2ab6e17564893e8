# The changes that moved_field.cmake makes and what each gate must say. Each gate has its list of
# words, or PASSES where it cannot see the change (and another does):
#   asserts      the assertions of layout_asserts.h, with layout.def as it was
#   layout       the layout file            growth       a frozen layout
#   types        the dump                   grown_types  a frozen dump

# change_contract(<case> <folder>) changes the copy in the folder and sets the five lists.
macro(change_contract case folder)
  set(abi ${folder}/include/steppe/abi)
  set(rows "const double *data;\n  uint64_t rows;\n  uint64_t columns;\n")
  set(rows_lines "FIELD(steppe_matrix, rows, 16, 8)\nFIELD(steppe_matrix, columns, 24, 8)\n")
  set(last "const uint8_t *validity;\n")
  set(last_line "FIELD(steppe_matrix, validity, 48, 8)\n")

  if(${case} STREQUAL swapped_fields)
    replace_once(${abi}/views.h "${rows}"
      "const double *data;\n  uint64_t columns;\n  uint64_t rows;\n")
    replace_once(${folder}/layout.def "${rows_lines}"
      "FIELD(steppe_matrix, columns, 16, 8)\nFIELD(steppe_matrix, rows, 24, 8)\n")
    set(asserts "offset of steppe_matrix.rows" "offset of steppe_matrix.columns")
    set(layout "steppe_matrix.rows was at offset 16, 8 bytes; is at offset 24, 8 bytes")
    set(growth "${layout}")
    set(types steppe_matrix "'uint64_t rows' offset changed from 16 to 24")
    set(grown_types "${types}")

  elseif(${case} STREQUAL inserted_field)
    replace_once(${abi}/views.h "${rows}"
      "const double *data;\n  uint64_t batch;\n  uint64_t rows;\n  uint64_t columns;\n")
    replace_once(${folder}/layout.def "${rows_lines}"
      "FIELD(steppe_matrix, batch, 16, 8)\n${rows_lines}")
    set(asserts "size of steppe_matrix" "offset of steppe_matrix.rows")
    set(layout "steppe_matrix.rows was at offset 16" "steppe_matrix.batch is new, at offset 16")
    set(growth "steppe_matrix.rows was at offset 16"
      "steppe_matrix.batch is new and stands at offset 16, inside the 56 bytes that the struct had")
    set(types steppe_matrix "'uint64_t batch', at offset 16")
    set(grown_types "${types}")

  elseif(${case} STREQUAL removed_field)
    replace_once(${abi}/views.h "${last}" "")
    replace_once(${folder}/layout.def "${last_line}" "")
    set(asserts "size of steppe_matrix" "validity")
    set(layout "steppe_matrix.validity was removed" "steppe_matrix had 56 bytes; has 48")
    set(growth "${layout}")
    set(types steppe_matrix "'const uint8_t* validity', at offset 48")
    set(grown_types "${types}")

  elseif(${case} STREQUAL larger_field)
    replace_once(${abi}/status.h "char where[240];" "char where[256];")
    set(asserts "size of steppe_error.where" "offset of steppe_error.message")
    set(layout "steppe_error.where was at offset 32, 240 bytes; is at offset 32, 256 bytes")
    set(growth "${layout}")
    set(types steppe_error "where" "from 240 to 256")
    set(grown_types "${types}")

  elseif(${case} STREQUAL changed_type) # of the same size, in a struct that only query() leads to
    replace_once(${abi}/data_source.h "uint64_t row_limit;" "int64_t row_limit;")
    set(asserts PASSES)
    set(layout PASSES)
    set(growth PASSES)
    set(types steppe_source_request "row_limit" "uint64_t" "int64_t")
    set(grown_types "${types}")

  elseif(${case} STREQUAL changed_signature) # of a function that only query() leads to
    replace_once(${abi}/trend_model.h
      "void (*explain)(const void *fit, uint64_t series, steppe_error *error);"
      "void (*explain)(const void *fit, uint32_t series, steppe_error *error);")
    set(asserts PASSES)
    set(layout PASSES)
    set(growth PASSES)
    set(types steppe_trend_model explain "uint32_t")
    set(grown_types "${types}")

  elseif(${case} STREQUAL changed_entry)
    replace_once(${abi}/entry.h "const steppe_plugin **plugin, steppe_error *error);"
      "const steppe_plugin **plugin, void *error);")
    set(asserts PASSES)
    set(layout PASSES)
    set(growth PASSES)
    set(types steppe_plugin_entry "steppe_error*")
    set(grown_types "${types}")

  elseif(${case} STREQUAL changed_number)
    replace_once(${abi}/status.h "#define STEPPE_RANK_DEFICIENT 5" "#define STEPPE_RANK_DEFICIENT 16")
    set(asserts "value of STEPPE_RANK_DEFICIENT")
    set(layout "STEPPE_RANK_DEFICIENT was 5; is 16")
    set(growth "${layout}")
    set(types PASSES)
    set(grown_types PASSES)

  elseif(${case} STREQUAL added_struct) # allowed, with a new revision
    replace_once(${abi}/views.h "/* Read-only vector:"
      "typedef struct steppe_cube {\n  uint32_t struct_size;\n  uint32_t reserved;\n} steppe_cube;\n\n/* Read-only vector:")
    replace_once(${folder}/layout.def "STRUCT(steppe_vector, 32)\n"
      "STRUCT(steppe_cube, 8)\nFIELD(steppe_cube, struct_size, 0, 4)\nFIELD(steppe_cube, reserved, 4, 4)\n
STRUCT(steppe_vector, 32)\n")
    replace_once(${abi}/version.h "#define STEPPE_ABI_REVISION 0" "#define STEPPE_ABI_REVISION 1")
    set(asserts "value of STEPPE_ABI_REVISION")
    set(layout "steppe_cube is new")
    set(growth PASSES)
    set(types "steppe_abi_steppe_cube")
    set(grown_types PASSES)

  elseif(${case} MATCHES "^appended_field") # allowed to a frozen contract, with a new revision
    replace_once(${abi}/views.h "${last}" "${last}  const char *unit;\n")
    replace_once(${folder}/layout.def "${last_line}"
      "${last_line}FIELD(steppe_matrix, unit, 56, 8)\n")
    set(asserts "size of steppe_matrix")
    set(layout "steppe_matrix.unit is new, at offset 56, 8 bytes")
    set(growth "revision 0 is frozen; a new one is needed: steppe_matrix.unit is new")
    set(types steppe_matrix "'const char* unit', at offset 56")
    set(grown_types PASSES)
    if(${case} STREQUAL appended_field_with_revision)
      replace_once(${abi}/version.h "#define STEPPE_ABI_REVISION 0" "#define STEPPE_ABI_REVISION 1")
      set(growth PASSES)
    endif()
  else()
    message(FATAL_ERROR "there is no case \"${case}\"")
  endif()
endmacro()
