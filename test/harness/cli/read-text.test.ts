import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFileBytes } from "../../../harness/cli/read-text.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const use = { hint: "Name a file.", maxBytes: 5 };

describe("a file is read up to its limit", () => {
  test.each([
    { content: "", read: "" },
    { content: "12345", read: "12345" },
    { content: "123456", error: "has 6 bytes; 5 are read at most" },
  ])("$content", async ({ content, read, error }) => {
    await using folder = await temporaryFolder({ file: content });
    const act = () => new TextDecoder().decode(readFileBytes(join(folder.path, "file"), use));
    if (error === undefined) expect(act()).toBe(read);
    else expect(act).toThrow(error);
  });

  // Windows has neither /dev/zero nor mkfifo.
  test.skipIf(process.platform === "win32")("what has no end", () => {
    expect(() => readFileBytes("/dev/zero", use)).toThrow("has more than 5 bytes; 5 are read at most");
  });

  test.skipIf(process.platform === "win32")("a pipe, whose size nothing says before its end", async () => {
    await using folder = await temporaryFolder({});
    const pipe = join(folder.path, "pipe");
    execFileSync("mkfifo", [pipe]);
    execFileSync("sh", ["-c", `printf 1234 > "$0" & :`, pipe], { stdio: "ignore" });
    expect(new TextDecoder().decode(readFileBytes(pipe, use))).toBe("1234");
  });
});

test("a large file is read whole", async () => {
  const own = new URL("../../../package-lock.json", import.meta.url).pathname;
  expect(Buffer.from(readFileBytes(own, { hint: "" }))).toEqual(await readFile(own));
});
