;;; emacs.el --- tells the story of tests/clients/story.rs with eglot  -*- lexical-binding: t -*-

;; The file that a user loads has been loaded before: cqlint.el.

(package-initialize)
(require 'cl-lib)
(require 'eglot)
(require 'flymake)

(setq eglot-sync-connect 30
      eglot-confirm-server-initiated-edits nil
      eglot-confirm-server-edits nil
      flymake-no-changes-timeout 0.1
      create-lockfiles nil
      make-backup-files nil
      ;; Several actions may fit; nobody is there to be asked.
      use-dialog-box nil)

(defconst files '("schema.cql" "queries.cql" "Shop.java"))
(defvar buffers nil "Buffers by the names of their files.")

(defun tell (step file by key answer)
  (let ((json (json-serialize (list :step step :file file :by by key answer)))
        (coding-system-for-write 'utf-8))
    (write-region (concat (decode-coding-string json 'utf-8) "\n") nil (getenv "CQLINT_TOLD") t 'quiet)))

(defun wait-until (is-wanted)
  (let ((end (+ (float-time) 20)))
    (while (and (not (funcall is-wanted)) (< (float-time) end))
      (accept-process-output nil 0.05))))

(defmacro in (file &rest body)
  (declare (indent 1))
  `(with-current-buffer (alist-get ,file buffers nil nil #'equal) ,@body))

(defun text (file)
  (in file (buffer-substring-no-properties (point-min) (point-max))))

(defun code (finding)
  "The rule of a FINDING: eglot shows it with the message."
  (let ((shown (flymake-diagnostic-text finding)))
    (if (string-match "\\[?cqlint[^a-z]*\\([a-z-]+\\)\\]?" shown) (match-string 1 shown) shown)))

(defun findings (file)
  (in file
    (flymake-start)
    (sort (mapcar (lambda (finding)
                    (let ((begin (flymake-diagnostic-beg finding)))
                      (format "%d %s: %s" (line-number-at-pos begin) (code finding)
                              (buffer-substring-no-properties begin (flymake-diagnostic-end finding)))))
                  (flymake-diagnostics))
          #'string<)))

(defun tell-findings (step wanted)
  (dolist (file files)
    (let ((wanted (append (gethash file wanted) nil)))
      (wait-until (lambda () (equal (findings file) wanted))))
    (tell step file "flymake-diagnostics" :findings (vconcat (findings file)))))

(defun go (text)
  (goto-char (point-min))
  (let ((case-fold-search nil))
    (search-forward text))
  (goto-char (match-beginning 0)))

(defun changed ()
  "Tell the server at once; a batch has no idle time in which eglot does."
  (dolist (file files)
    (in file (eglot--signal-textDocument/didChange))))

(defun execute (action)
  (if (fboundp 'eglot-execute)
      (eglot-execute (eglot-current-server) action)
    (eglot--apply-workspace-edit (plist-get action :edit))))

(defun story ()
  (let* ((folder (getenv "CQLINT_FOLDER"))
         (found (with-temp-buffer
                  (insert-file-contents (getenv "CQLINT_FOUND"))
                  (json-parse-buffer))))
    (dolist (file files)
      (find-file (expand-file-name file folder))
      (push (cons file (current-buffer)) buffers)
      ;; One server for all files: eglot gives it those of the same project by itself.
      (unless (eglot-current-server)
        (apply #'eglot (eglot--guess-contact)))
      (flymake-mode 1))
    (in "schema.cql"
      (tell "started" "" "eglot" :text
            (format "Emacs %s, %s, %s" emacs-version major-mode (plist-get (eglot--server-info (eglot-current-server)) :name))))
    (tell-findings "findings" (gethash "before" found))
    (in "queries.cql"
      (go "UPDATE visits")
      (let ((answer (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
        (tell "hover" "queries.cql" "textDocument/hover" :text (or (plist-get (plist-get answer :contents) :value) ""))))
    (in "Shop.java"
      (go "newInstance(\"SELECT amount")
      (let ((actions (append (eglot-code-actions (point) (1+ (point))) nil)))
        (execute (cl-find-if (lambda (action) (eq t (plist-get action :isPreferred))) actions)))
      (changed)
      (tell "fixed" "Shop.java" "eglot-code-actions" :text (text "Shop.java")))
    (in "schema.cql"
      (execute (elt (eglot-code-actions (point-min) (point-max) "source.fixAll.cqlint") 0))
      (changed)
      (tell "fixed all" "schema.cql" "source.fixAll.cqlint" :text (text "schema.cql"))
      (go "amount")
      (eglot-rename "total"))
    (changed)
    (dolist (file files)
      (tell "renamed" file "eglot-rename" :text (text file)))
    (tell-findings "findings again" (gethash "after" found))
    (dolist (file files)
      (in file (set-buffer-modified-p nil)))
    (in "schema.cql" (eglot-shutdown (eglot-current-server)))))

(condition-case problem
    (story)
  (error (message "%S" problem) (kill-emacs 1)))
(kill-emacs 0)
