# SPDX-License-Identifier: Apache-2.0
# What Qt's idioms say by themselves, said for Doxygen: headers need no comment on a setter that follows
# its getter, on fooChanged(), on a plain constructor. Doxygen warns of everything else that has none.
# Keeps the number of lines, so that Doxygen's warnings name the right one.
function is_documented() { return in_comment || /\/\/!</ }

/Q_PROPERTY\(/ {
    sub(/Q_PROPERTY/, "/*! For QML and the meta-object system: see the member behind it. */ &")
}
/^ *void [a-z][A-Za-z]*Changed\([^)]*\);$/ && !is_documented() { $0 = $0 " //!< The property has another value." }
/^ *explicit [A-Z][A-Za-z]*\(QObject \*parent( = nullptr)?\);$/ && !is_documented() { $0 = $0 " //!< \\a parent owns it." }
/^ *(Q_INVOKABLE )?void set[A-Z][A-Za-z]*\(.*\)(;| \{.*\})$/ && !is_documented() {
    match($0, /set[A-Z][A-Za-z]*/)
    $0 = $0 " //!< Sets " tolower(substr($0, RSTART + 3, 1)) substr($0, RSTART + 4, RLENGTH - 4) "."
}
/^ *friend bool operator==/ && !is_documented() { $0 = $0 " //!< Equal in every member." }

# Doxygen takes the first sentence of a /*! for the summary, but not that of several lines of //!, and a //!
# below a //!< for its continuation. So each of the two becomes a comment of the other form.
{
    is_comment = /^ *\/\/!([^<]|$)/
    if (is_comment && in_comment) {
        sub(/\/\/!/, "/*!", held)
        sub(/\/\/! ?/, "")
        is_several = 1
    } else {
        if (is_several)
            held = held " */"
        is_several = 0
        if (sub(/\/\/!</, "/*!<"))
            $0 = $0 " */"
    }
    if (NR > 1)
        print held
    in_comment = is_comment
    held = $0
}
END { print held }
