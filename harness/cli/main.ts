#!/usr/bin/env node

/** The oldest Node.js that package.json promises to run on; nothing here may need a newer one before it is told. */
const OLDEST = { major: 22, minor: 12 } as const;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
  const oldest = `${OLDEST.major}.${OLDEST.minor}`;
  process.stderr.write(`mfa-harness needs Node.js ${oldest} or newer; this is ${process.version}.\n`);
  process.exitCode = 2;
} else {
  // Before anything of ours is loaded, so that from the second start on nothing needs to be compiled again.
  process.getBuiltinModule("node:module").enableCompileCache();
  void import("./program.ts").then(({ runProgram }) => runProgram());
}
