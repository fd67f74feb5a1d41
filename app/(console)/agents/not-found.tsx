import { NoSuch } from "@/components/shell/no-such";

export default function AgentNotFound() {
  return (
    <NoSuch
      what="agent"
      why="It may have another name now, or it belongs to a part of the chart that you cannot see."
      back={{ href: "/agents", label: "All agents" }}
    />
  );
}
