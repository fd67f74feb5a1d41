interface InTurn<Input, Answer> {
  /** Answers for all of them, in their order. What it throws, all of them throw. */
  send: (these: readonly Input[]) => Promise<readonly Answer[]>;
  /** Waited for before anything is sent. */
  ready: () => Promise<void>;
  /** How many go together. */
  most: number;
}

interface Waiting<Input, Answer> {
  input: Input;
  answer: (answer: Answer) => void;
  fail: (cause: unknown) => void;
}

/**
 * Sends what it is given, one bundle at a time: what comes while one is on its way goes together with the next. A bundle that throws
 * fails for those in it alone; what waits behind it is sent.
 */
export function makeInTurn<Input, Answer>({ send, ready, most }: InTurn<Input, Answer>) {
  let waiting: readonly Waiting<Input, Answer>[] = [];
  let sending = false;

  const sendAll = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    while (waiting.length > 0) {
      await ready();
      const these = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const answers = await send(these.map(({ input }) => input));
        if (answers.length !== these.length) throw new Error(`${answers.length} answers for ${these.length}`);
        for (const [at, answer] of answers.entries()) these[at]?.answer(answer);
      } catch (cause) {
        for (const { fail } of these) fail(cause);
      }
    }
    sending = false;
  };

  return (input: Input): Promise<Answer> =>
    new Promise((resolve, reject) => {
      waiting = [...waiting, { input, answer: resolve, fail: reject }];
      void sendAll();
    });
}
