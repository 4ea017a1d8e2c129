import { expect, test } from "vitest";
import { lastWordsIn } from "../../../harness/target/last-words.ts";

test.each([
  { from: "Node.js", output: "[eval]:1\nError: no\n\nNode.js v24.0.0\n", words: "Node.js v24.0.0" },
  {
    from: "V8",
    output: "Error: no\n    at check (/srv/check.js:3:9)\n",
    words: "at check (/srv/check.js:3:9)",
  },
  { from: "V8, no name", output: "Error: no\n    at /srv/check.js:3:9", words: "at /srv/check.js:3:9" },
  {
    from: "Deno",
    output: "error: Uncaught (in promise) Error: no",
    words: "error: Uncaught (in promise) Error: no",
  },
  {
    from: "Python",
    output: "Traceback (most recent call last):\n  File",
    words: "Traceback (most recent call last):",
  },
  {
    from: "Python, a module",
    output: "/usr/bin/python3: No module named saml",
    words: "/usr/bin/python3: No module named saml",
  },
  { from: "Java", output: 'Exception in thread "main" X', words: 'Exception in thread "main" X' },
  {
    from: "the JVM",
    output: "x\r\n\tat com.example.Check.main(Check.java:12)\r\n",
    words: "at com.example.Check.main(Check.java:12)",
  },
  {
    from: ".NET",
    output: "Unhandled exception. System.Exception: no",
    words: "Unhandled exception. System.Exception: no",
  },
  {
    from: ".NET, a line",
    output: "   at Check.Main() in /srv/Check.cs:line 7",
    words: "at Check.Main() in /srv/Check.cs:line 7",
  },
  { from: "Go", output: "panic: runtime error", words: "panic: runtime error" },
  { from: "Go, a goroutine", output: "goroutine 1 [running]:", words: "goroutine 1 [running]:" },
  {
    from: "Rust",
    output: "thread 'main' (7) panicked at src/main.rs:2:5:",
    words: "thread 'main' (7) panicked at src/main.rs:2:5:",
  },
  {
    from: "Ruby",
    output: "check.rb:1:in 'Object#check': no (RuntimeError)",
    words: "check.rb:1:in 'Object#check': no (RuntimeError)",
  },
  {
    from: "PHP",
    output: "PHP Fatal error:  Uncaught Exception: no",
    words: "PHP Fatal error:  Uncaught Exception: no",
  },
  { from: "C++", output: "terminate called after throwing", words: "terminate called after throwing" },
  {
    from: "a shell",
    output: "sh: line 1: jq: command not found",
    words: "sh: line 1: jq: command not found",
  },
  { from: "the system", output: "Aborted (core dumped)", words: "Aborted (core dumped)" },
  { from: "a refusal", output: "refused: the token expired at 12:30:05", words: undefined },
  { from: "another", output: "ERROR invalid_token: signature mismatch at offset 12", words: undefined },
  { from: "a list", output: "  at least one factor is missing", words: undefined },
  { from: "nothing", output: "", words: undefined },
])("$from: $words", ({ output, words }) => {
  expect(lastWordsIn(output)).toBe(words);
});
