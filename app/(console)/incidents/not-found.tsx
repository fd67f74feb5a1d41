import { NoSuch } from "@/components/shell/no-such";

export default function IncidentNotFound() {
  return (
    <NoSuch
      what="incident"
      why="It does not exist, or it lies outside your part of the organisation."
      back={{ href: "/incidents", label: "To the incidents" }}
    />
  );
}
