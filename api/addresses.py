"""Who is asking. What a request says of itself is believed only from proxies the operator named."""

import ipaddress

from fastapi import FastAPI, Request
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


def trust(app: FastAPI, proxies: list[str]) -> None:
    """From now on these addresses and networks may say for whom they ask."""
    if proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=proxies)


def is_local(request: Request) -> bool:
    """Whether somebody on this machine asks, and not a proxy on this machine for somebody else."""
    if request.client is None or any(header in request.headers for header in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
