;;; cqlint.el --- CQL: a major mode, and the cqlint language server  -*- lexical-binding: t -*-

;; Author: The cqlint authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools
;; URL: https://github.com/cqlint/cqlint
;; SPDX-License-Identifier: Apache-2.0 OR MIT

;;; Commentary:

;; May this CQL statement safely be executed twice?  Load this file, open a
;; `.cql' file, and type M-x eglot; or call `cqlint-ensure' in the hooks of your
;; modes:
;;
;;   (require 'cqlint)
;;   (add-hook 'cql-mode-hook #'cqlint-ensure)
;;   (add-hook 'java-mode-hook #'cqlint-ensure)
;;
;; In the modes of programs cqlint is an add-on with lsp-mode, and the only
;; server with eglot, which knows one server for each mode: there it is
;; registered for `cql-mode' alone, and `cqlint-eglot-modes' adds others.

;;; Code:

(require 'rx)

(defgroup cqlint nil
  "May this CQL statement safely be executed twice?"
  :group 'tools
  :prefix "cqlint-")

(defcustom cqlint-command '("cqlint" "lsp")
  "The program that is the language server, and its arguments."
  :type '(repeat string))

(defcustom cqlint-eglot-modes '(cql-mode)
  "The modes for which eglot starts cqlint.
Add modes of programs that have no other server of yours, for example `go-mode'."
  :type '(repeat symbol))

;;; The words: CQLINT_BLESS=1 cargo test -p cqlint-tests editors

(defconst cql-mode--constants
  '(;;# constants
    "FALSE" "INFINITY" "NAN" "NULL" "TRUE" "UNSET")
  "Words that are values.")

(defconst cql-mode--reserved
  '(;;# reserved
    "ADD" "ALLOW" "ALTER" "AND" "ANN" "APPLY" "ASC" "AUTHORIZE" "BATCH" "BEGIN" "BY" "CAST"
    "COLUMNFAMILY" "CONCURRENCY" "CREATE" "DEFAULT" "DELETE" "DESC" "DESCRIBE" "DROP" "ENTRIES"
    "EXCLUDED_INDEXES" "EXECUTE" "FROM" "FULL" "GRANT" "IF" "IN" "INCLUDED_INDEXES" "INDEX" "INSERT"
    "INTO" "IS" "KEYSPACE" "LIMIT" "MATERIALIZED" "MBEAN" "MBEANS" "MODIFY" "NORECURSIVE" "NOT" "OF"
    "ON" "OR" "ORDER" "PRIMARY" "RENAME" "REPLACE" "REVOKE" "SCHEMA" "SCYLLA_CLUSTERING_BOUND"
    "SCYLLA_COUNTER_SHARD_LIST" "SCYLLA_TIMEUUID_LIST_INDEX" "SELECT" "SET" "TABLE"
    "TEXT_SEARCH_INDEXING" "TO" "TOKEN" "TRUNCATE" "UNLOGGED" "UPDATE" "USE" "USING"
    "VECTOR_SEARCH_INDEXING" "VIEW" "WHERE" "WITH")
  "Words that no name can be unless it is quoted.")

(defconst cql-mode--free
  '(;;# free
    "ACCESS" "AGGREGATE" "AGGREGATES" "ALL" "AS" "ATTACH" "ATTACHED" "BETWEEN" "BYPASS" "CACHE"
    "CALLED" "CHECK" "CIDRS" "CLUSTER" "CLUSTERING" "COLUMN" "COLUMNFAMILIES" "COLUMNS" "COMMENT"
    "COMMENTS" "COMMIT" "COMPACT" "CONFIG" "CONTAINS" "COUNT" "CUSTOM" "DATACENTERS" "DETACH"
    "DETERMINISTIC" "DISTINCT" "EDGE" "EFFECTIVE" "EMPTY" "END" "EXISTS" "EXPR" "FIELD" "FILTERING"
    "FINALFUNC" "FOR" "FROZEN" "FUNCTION" "FUNCTIONS" "GENERATED" "GROUP" "HASHED" "IDENTITY" "INDEXES"
    "INDICES" "INITCOND" "INPUT" "INTERNALS" "JSON" "KEY" "KEYS" "KEYSPACES" "LABEL" "LABELS" "LANGUAGE"
    "LARGE_DATA_GUARDRAILS" "LET" "LEVEL" "LEVELS" "LIKE" "LIST" "LOGIN" "MAP" "MASKED" "MAXWRITETIME"
    "MONOTONIC" "MUTATION_FRAGMENTS" "NOLOGIN" "NOSUPERUSER" "ONLY" "OPTIONS" "PARTITION" "PASSWORD"
    "PASSWORDS" "PER" "PERMISSION" "PERMISSIONS" "PROFILES" "PROXY" "PRUNE" "REBUILD" "REDUCEFUNC"
    "RELOAD" "RESTRICT" "RETURNS" "ROLE" "ROLES" "ROWS" "SEARCH" "SECURITY" "SELECT_MASKED" "SERVICE"
    "SERVICE_LEVEL" "SERVICE_LEVELS" "SFUNC" "SHARES" "STATIC" "STORAGE" "STYPE" "SUPERUSER"
    "SUPERUSERS" "TABLES" "THEN" "TIMEOUT" "TRANSACTION" "TRIGGER" "TTL" "TUPLE" "TYPE" "TYPES" "UNMASK"
    "UNRESTRICT" "USER" "USERS" "VALUES" "VECTOR" "VERTEX" "WITHOUT" "WRITETIME")
  "Words that may be names, too.")

(defconst cql-mode--types
  '(;;# types
    "ASCII" "BIGINT" "BLOB" "BOOLEAN" "COUNTER" "DATE" "DECIMAL" "DOUBLE" "DURATION" "FLOAT" "INET"
    "INT" "SMALLINT" "TEXT" "TIME" "TIMESTAMP" "TIMEUUID" "TINYINT" "UUID" "VARCHAR" "VARINT")
  "Types without an element.")

(defconst cql-mode--collections
  '(;;# collections
    "FROZEN" "LIST" "MAP" "SET" "TUPLE" "VECTOR")
  "Types with elements.")

(defconst cql-mode--functions
  '(;;# functions
    "abs" "ann" "ascii_as_blob" "asciiasblob" "avg" "bigint_as_blob" "bigintasblob" "blob_as_ascii"
    "blob_as_bigint" "blob_as_boolean" "blob_as_counter" "blob_as_date" "blob_as_decimal"
    "blob_as_double" "blob_as_duration" "blob_as_empty" "blob_as_float" "blob_as_inet" "blob_as_int"
    "blob_as_smallint" "blob_as_text" "blob_as_time" "blob_as_timestamp" "blob_as_timeuuid"
    "blob_as_tinyint" "blob_as_uuid" "blob_as_varchar" "blob_as_varint" "blobasascii" "blobasbigint"
    "blobasboolean" "blobascounter" "blobasdate" "blobasdecimal" "blobasdouble" "blobasduration"
    "blobasempty" "blobasfloat" "blobasinet" "blobasint" "blobassmallint" "blobastext" "blobastime"
    "blobastimestamp" "blobastimeuuid" "blobastinyint" "blobasuuid" "blobasvarchar" "blobasvarint"
    "bm25" "boolean_as_blob" "booleanasblob" "cast_as_ascii" "cast_as_bigint" "cast_as_date"
    "cast_as_decimal" "cast_as_double" "cast_as_float" "cast_as_int" "cast_as_smallint" "cast_as_text"
    "cast_as_timestamp" "cast_as_tinyint" "cast_as_varint" "collection_avg" "collection_count"
    "collection_max" "collection_min" "collection_sum" "count" "count_rows" "counter_as_blob"
    "counterasblob" "current_date" "current_time" "current_timestamp" "current_timeuuid" "currentdate"
    "currenttime" "currenttimestamp" "currenttimeuuid" "date_as_blob" "dateasblob" "dateof"
    "decimal_as_blob" "decimalasblob" "disable_injection" "double_as_blob" "doubleasblob"
    "duration_as_blob" "durationasblob" "empty_as_blob" "emptyasblob" "enable_injection"
    "enabled_injections" "exp" "float_as_blob" "floatasblob" "floor" "format_bytes" "format_time"
    "from_json" "fromjson" "inet_as_blob" "inetasblob" "int_as_blob" "intasblob" "length" "log" "log10"
    "map_keys" "map_values" "mask_default" "mask_hash" "mask_inner" "mask_null" "mask_outer"
    "mask_replace" "max" "max_timeuuid" "maxtimeuuid" "min" "min_timeuuid" "mintimeuuid" "now"
    "octet_length" "round" "similarity_cosine" "similarity_dot_product" "similarity_euclidean"
    "smallint_as_blob" "smallintasblob" "sum" "text_as_blob" "textasblob" "time_as_blob" "timeasblob"
    "timestamp_as_blob" "timestampasblob" "timeuuid_as_blob" "timeuuidasblob" "tinyint_as_blob"
    "tinyintasblob" "to_date" "to_json" "to_timestamp" "to_unix_timestamp" "todate" "tojson" "token"
    "totimestamp" "tounixtimestamp" "transformation_kind" "unixtimestampof" "uuid" "uuid_as_blob"
    "uuidasblob" "varchar_as_blob" "varcharasblob" "varint_as_blob" "varintasblob")
  "Native functions.")

;;; The major mode

(defconst cql-mode--type-of-name
  (concat "\\(\\_<[a-z][a-z0-9_]*\\|\"\\(?:[^\"]\\|\"\"\\)+\"\\)\\s-+"
          (regexp-opt cql-mode--types 'symbols)
          "\\s-*\\(?:[,)]\\|$\\|static\\|primary\\|language\\)")
  "A name, and the type behind it.")

(defun cql-mode--type-of-name (limit)
  "Find a type behind a name before LIMIT; elsewhere the same word is a name."
  (let (found)
    (while (and (not found) (re-search-forward cql-mode--type-of-name limit t))
      (if (member (upcase (match-string 1)) cql-mode--reserved)
          (goto-char (match-beginning 2))
        (setq found t)))
    found))

(defconst cql-mode--font-lock
  `((,(concat (regexp-opt cql-mode--functions 'symbols) "\\s-*(") 1 font-lock-builtin-face)
    (,(concat (regexp-opt cql-mode--collections 'symbols) "\\s-*<") 1 font-lock-type-face)
    (,(concat "<\\s-*" (regexp-opt cql-mode--types 'symbols)) 1 font-lock-type-face)
    (,(concat (regexp-opt cql-mode--types 'symbols) "\\s-*>") 1 font-lock-type-face)
    (cql-mode--type-of-name 2 font-lock-type-face)
    (,(regexp-opt cql-mode--constants 'symbols) . font-lock-constant-face)
    (,(regexp-opt cql-mode--reserved 'symbols) . font-lock-keyword-face)
    ;; Not in front of an operator, and not in a list of names.
    (,(concat "\\(?:^\\|[^.(, \t]\\)\\s-*" (regexp-opt cql-mode--free 'symbols) "\\s-*\\(?:[^=<>!.,) \t+]\\|$\\)")
     1 font-lock-keyword-face)
    ("\\?" . font-lock-variable-name-face)
    ("\\(?:^\\|[^[:alnum:]_'\"]\\)\\(:[a-z][a-z0-9_]*\\)" 1 font-lock-variable-name-face))
  "What `cql-mode' colours besides texts and comments.")

(defvar cql-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?' "\"" table)
    (modify-syntax-entry ?\" "|" table)
    (modify-syntax-entry ?\\ "." table)
    (dolist (sign '(?+ ?% ?< ?> ?= ?! ?&))
      (modify-syntax-entry sign "." table))
    ;; Three kinds of comments: --, //, /* */.
    (modify-syntax-entry ?- ". 12b" table)
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23" table)
    (modify-syntax-entry ?\n "> b" table)
    table)
  "The syntax table of `cql-mode'.")

;;;###autoload
(define-derived-mode cql-mode prog-mode "CQL"
  "A major mode for CQL, the language of Cassandra and ScyllaDB."
  (setq-local comment-start "-- "
              comment-end ""
              comment-start-skip "\\(?:--+\\|//+\\|/\\*+\\)\\s-*"
              indent-line-function #'cql-mode-indent-line
              font-lock-defaults '(cql-mode--font-lock nil t)))

(defun cql-mode-indent-line ()
  "Indent by the depth of brackets, and inside of a batch."
  (interactive)
  (let* ((column (current-column))
         (text-begins (current-indentation))
         (depth (save-excursion
                  (back-to-indentation)
                  (let ((depth (car (syntax-ppss))))
                    (if (looking-at "[])}]") (1- depth) depth)))))
    (indent-line-to (* 4 (max 0 (+ depth (cql-mode--batches)))))
    (when (> column text-begins)
      (move-to-column (+ column (- (current-indentation) text-begins))))))

(defun cql-mode--batches ()
  "One inside of a batch, zero elsewhere."
  (save-excursion
    (back-to-indentation)
    (let ((case-fold-search t))
      (if (and (not (looking-at "apply\\_>"))
               (re-search-backward "\\_<\\(begin\\(?:\\s-+\\(?:unlogged\\|counter\\)\\)?\\|apply\\)\\s-+batch\\_>" nil t)
               (eq ?b (downcase (char-after (match-beginning 1)))))
          1
        0))))

;;;###autoload
(unless (rassq 'cql-mode auto-mode-alist)
  (add-to-list 'auto-mode-alist '("\\.cql\\(?:sh\\)?\\'" . cql-mode)))

;;; The server

(defvar eglot-server-programs)
(declare-function eglot-ensure "eglot")
(declare-function lsp "lsp-mode")
(declare-function lsp-register-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(defvar lsp-language-id-configuration)

(defconst cqlint--programs
  (rx "."
      (or "c" "h" "cc" "cpp" "cxx" "hpp" "cs" "go" "java" "js" "jsx" "mjs" "kt" "md" "php" "py" "rs"
          "scala" "ts" "tsx")
      eos)
  "Files of programs, and of prose, with CQL in them.")

(put 'cql-mode 'eglot-language-id "cql")

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons cqlint-eglot-modes (lambda (&rest _) cqlint-command))))

(with-eval-after-load 'lsp-mode
  (add-to-list 'lsp-language-id-configuration '(cql-mode . "cql"))
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () cqlint-command))
    :activation-fn (lambda (file _mode)
                     (or (derived-mode-p 'cql-mode)
                         (string-match-p cqlint--programs (or file ""))))
    ;; Beside the server of the program's own language.
    :add-on? t
    :server-id 'cqlint)))

;;;###autoload
(defun cqlint-ensure ()
  "Check this buffer: with lsp-mode where it is loaded, with eglot elsewhere."
  (interactive)
  (if (featurep 'lsp-mode) (lsp) (eglot-ensure)))

(provide 'cqlint)
;;; cqlint.el ends here
