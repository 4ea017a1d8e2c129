#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Before anything of ours is loaded, so that from the second start on nothing needs to be compiled again.
enableCompileCache();
void import("./program.ts").then(({ runProgram }) => runProgram());
