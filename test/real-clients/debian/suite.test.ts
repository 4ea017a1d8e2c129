import { test } from "vitest";
import { expectAsRecorded } from "../as-recorded.ts";
import { SUITE_FOLDERS } from "../suite.ts";

test.each(SUITE_FOLDERS)(
  "the suite says of %s what docs/real-apps/ says",
  async (folder) => await expectAsRecorded(folder),
  600_000,
);
