import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

// Preloaded into a program: it sends itself a signal as soon as it wrote its first line to standard output. A test that
// sends the signal when it reads that line may be too slow for a program that has little to do.

const writeSync = fs.writeSync;
let isFirst = true;

Object.assign(fs, {
  writeSync: (...args: readonly unknown[]): unknown => {
    const written: unknown = Reflect.apply(writeSync, fs, args);
    if (args[0] === 1 && isFirst) {
      isFirst = false;
      process.kill(process.pid, process.env["MFA_HARNESS_TEST_SIGNAL"]);
    }
    return written;
  },
});
syncBuiltinESMExports();
