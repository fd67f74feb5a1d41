/** What a person did with an item, so that the list moves on. */
type Left = "approved" | "rejected" | "snoozed" | "answered";

export interface Leaving {
  /** The moment a person has decided: the item leaves the list, before the server answered where there is an `answer` to come. */
  onLeave: (key: string, what: Left, answer?: Promise<unknown>) => void;
  /** It was taken back, or the server refused: the item comes back. `refused`: beside what is open, which the next press is meant for. */
  onReturn: (key: string, why?: "refused") => void;
}

/** What the keys do on the panel that is open. Each does nothing where it is not offered. */
export interface PanelHandle {
  approve: () => void;
  approveWithComment: () => void;
  edit: () => void;
  reject: () => void;
  ask: () => void;
  comment: () => void;
  claim: () => void;
  snooze: () => void;
  /** The latest decision, also when the panel has moved on. */
  undo: () => void;
}

/** What the body of one kind of item is given. */
export interface BodyProps<Data> extends Leaving {
  itemKey: string;
  data: Data;
  viewer: { id: string; name: string };
  level: 1 | 2;
}
