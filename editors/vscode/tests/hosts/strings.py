# SYNTAX TEST "source.python" "all kinds of strings"

one = "INSERT INTO t (a, b) VALUES (%s, %(b)s)"
#      ^^^^^^ keyword.other.cql
#                                   ^^ constant.other.placeholder.cql
#                                       ^^^^^ constant.other.placeholder.cql
two = 'UPDATE t SET a = ? WHERE k = ?'
#      ^^^^^^ keyword.other.cql
three = f"SELECT a FROM {', '.join(tables)} WHERE k = 1"
#         ^^^^^^ keyword.other.cql
#                             ^^^^ meta.interpolation.cql
#                                           ^^^^^ keyword.other.cql
four = """
    BEGIN BATCH
#   ^^^^^ keyword.other.cql
      UPDATE t SET a = 'x' WHERE k = 1;
#                      ^^^ string.quoted.single.cql
    APPLY BATCH
"""
five = f"""
    SELECT {columns}
    FROM t
#   ^^^^ keyword.other.cql
"""
after = 6
#       ^ constant.numeric.dec.python
prose = "Select one from below"
#        ^^^^^^ - meta.embedded.inline.cql
