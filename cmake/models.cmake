# The weights under models/ as bytes of the program: the source file that holds them is told where they lie.
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/read/mrz/weights.cc PROPERTIES
  COMPILE_DEFINITIONS CAREO_MRZ_WEIGHTS="${CMAKE_SOURCE_DIR}/models/mrz.weights"
  OBJECT_DEPENDS ${CMAKE_SOURCE_DIR}/models/mrz.weights)
