# SPDX-License-Identifier: Apache-2.0
# cmake -DSNIPPET=FILE -P: its endpoint, known only when it runs, becomes a variable.
file(READ ${SNIPPET} text)
string(REPLACE "QString::fromUtf8(\"http://127.0.0.1:1/event\")"
    "qEnvironmentVariable(\"SNIPPET_ENDPOINT\")" changed "${text}")
if(changed STREQUAL text)
    message(FATAL_ERROR "no endpoint in ${SNIPPET}")
endif()
file(WRITE ${SNIPPET} "${changed}")
