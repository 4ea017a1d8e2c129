#!/usr/bin/env node

// This is what `node harness/cli/main.ts` starts: where no file of that name is, Node.js tries the ending .js. A Node.js
// that cannot read TypeScript would end in a stack trace before a line of ours is run.

/** The oldest Node.js that package.json promises to run on; nothing here may need a newer one before it is told. */
const OLDEST = { major: 22, minor: 12 };

/** The package holds JavaScript only. */
const isSource = import.meta.url.endsWith(".ts.js");
const cannotRead = isSource && !process.features.typescript;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isTooOld = major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);

if (isTooOld || cannotRead) {
  const oldest = isTooOld
    ? `${OLDEST.major}.${OLDEST.minor} or newer`
    : "22.18 or newer to run from its source";
  process.stderr.write(`mfa-harness needs Node.js ${oldest}; this is ${process.version}.\n`);
  if (cannotRead)
    process.stderr.write("`npm ci` installs the right one: start it by `npx node harness/cli/main.ts`.\n");
  process.exitCode = 2;
} else {
  // Before anything of ours is loaded, so that from the second start on nothing needs to be compiled again.
  process.getBuiltinModule("node:module").enableCompileCache();
  void import("./program.ts").then(({ runProgram }) => runProgram());
}
