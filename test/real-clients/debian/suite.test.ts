import { test } from "vitest";
import { expectAsRecorded } from "../as-recorded.ts";

test.each(["mod-auth-openidc", "mod-auth-mellon", "shibboleth"] as const)(
  "the suite says of %s what docs/real-apps/ says",
  async (folder) => await expectAsRecorded(folder),
  600_000,
);
