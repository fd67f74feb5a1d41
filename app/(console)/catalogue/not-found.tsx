import { NoSuch } from "@/components/shell/no-such";

export default function ActionNotFound() {
  return (
    <NoSuch
      what="action"
      why="It is not in the catalogue. An agent that asks for it is escalated to its owner as unclassified."
      back={{ href: "/catalogue", label: "All actions" }}
    />
  );
}
