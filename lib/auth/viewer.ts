import type { CommandContext } from "@/lib/audit/change";
import type { Access } from "@/lib/auth/access";

/** The signed-in person as pages and actions pass them on: a command's context, plus who they are. Never crosses to the browser. */
export interface Viewer extends CommandContext {
  access: Access;
  person: ViewerPerson;
}

interface ViewerPerson {
  id: string;
  email: string;
  name: string;
  /** IANA zone; null shows the browser's. */
  timeZone: string | null;
}
