# What the dashboard page takes from npm, at the versions its lock file pins, compiled in beside it as ":/dashboard/...".

find_program(CARILLON_NPM npm)
if(NOT CARILLON_NPM)
  message(FATAL_ERROR "npm was not found. The web dashboard bundles its charting library with it: install the package \"npm\" "
                      "(packaging/install-deps does), or give its path with -DCARILLON_NPM=/path/to/npm.")
endif()

set(package ${CMAKE_SOURCE_DIR}/resources/dashboard)
set(libraries ${CMAKE_CURRENT_BINARY_DIR}/dashboard)
file(MAKE_DIRECTORY ${libraries})
set(uplot ${libraries}/node_modules/uplot)
add_custom_command(
  OUTPUT ${libraries}/uplot.js ${libraries}/uplot.css
  DEPENDS ${package}/package.json ${package}/package-lock.json
  COMMAND ${CMAKE_COMMAND} -E copy ${package}/package.json ${package}/package-lock.json ${libraries}
  COMMAND ${CARILLON_NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
  COMMAND ${CMAKE_COMMAND} -E copy ${uplot}/dist/uPlot.iife.min.js ${libraries}/uplot.js
  COMMAND ${CMAKE_COMMAND} -E copy ${uplot}/dist/uPlot.min.css ${libraries}/uplot.css
  WORKING_DIRECTORY ${libraries}
  COMMENT "Fetching the dashboard's charting library"
  VERBATIM)
qt_add_resources(carillon_http carillon_dashboard_libraries PREFIX /dashboard BASE ${libraries}
  FILES ${libraries}/uplot.js ${libraries}/uplot.css)
