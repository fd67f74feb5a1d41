import { tests as vectors } from "@bufbuild/cel-spec/testdata/conformance.js";

/** The form of the vectors that is read here; their package types them in protocol buffers' own JSON. */
export interface SerializedSuite {
  name: string;
  suites?: SerializedSuite[];
  tests?: { original: SerializedVector }[];
}

interface SerializedVector {
  name: string;
  expr: string;
  value?: { [kind: string]: unknown };
  evalError?: unknown;
  bindings?: unknown;
  typeEnv?: unknown;
  container?: string;
}

export const tests: SerializedSuite = JSON.parse(JSON.stringify(vectors));
