"""Orchestration: the stages of `pipeline` as a Prefect flow. Prefect is imported here alone.

server    environment of Prefect and the server behind a run, made ready before Prefect loads
serve     the process of that server
run       the flow: list -> extract -> make tables
progress  the bar on the screen
launch    server and flow together, as the command line calls them
"""
