"""Stand-ins of LINE and Slack on this machine: the whole way of a message, without the internet."""
