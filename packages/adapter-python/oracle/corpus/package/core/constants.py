PREFIX = "app_"
NAME_LENGTH = 10 * 6
KINDS = ["one", "two"]
KINDS.append("three")
TABLES = {"users": PREFIX + "users", "posts": f"{PREFIX}posts"}
