import type { Contact } from "@/lib/approvals/route/contacts";
import type { RuleNames } from "@/lib/policies/compile";
import { readContact } from "@/lib/policies/contact";

/** What does not exist any more asks nobody. */
export function contactsOf(texts: readonly string[], names: Pick<RuleNames, "personIdOf" | "nodeIdOf">): Contact[] {
  return texts.flatMap((text): Contact[] => {
    const contact = readContact(text);
    switch (contact?.kind) {
      case undefined:
        return [];
      case "person": {
        const person = names.personIdOf(contact.email);
        return person === undefined ? [] : [{ person }];
      }
      case "role": {
        const nodeId = names.nodeIdOf(contact.node);
        return nodeId === undefined ? [] : [{ role: contact.role, nodeId }];
      }
      case "rotation":
        return [{ rotation: contact.slug }];
    }
  });
}
