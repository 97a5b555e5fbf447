# SPDX-License-Identifier: GPL-3.0-or-later
"""Server sides of TLS with the certificates that tests/pki.sh makes."""
import os
import ssl
import subprocess
import tempfile
import threading
import warnings

import cert_monsters as monsters

HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = {"1.0": ssl.TLSVersion.TLSv1, "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}

# a prime of 1024 bits: the least that a server can be made to use, and too
# little for a client with a security level of 2
WEAK_DH = """-----BEGIN DH PARAMETERS-----
MIGHAoGBALR0NzXwuFNxyEq+pbfFcOiY+c6YBbW5RwurH0g1WV3jsyVSS7YYslHy
H4ZA5p8OIk82OKL2ZZjBnvuWDVWoYTjGizvoA/2V7qqAWgeaoYBKywoEvICPMB8s
sndnUVHAllm79qmLeMKfXZUJ15PeqixBcn460cro0/+nSHQdS5HnAgEC
-----END DH PARAMETERS-----
"""


class Pki:
	"""folder -- where the certificates are, made there if they are not."""

	def __init__(self, folder):
		self.folder = folder
		self.lock = threading.Lock()
		self.contexts = {}
		if not os.path.exists(self.path("root.pem")):
			subprocess.run([os.path.join(HERE, "..", "pki.sh"), folder],
			    check=True, stdout=subprocess.DEVNULL)
		# not of that script: the root of certificates that are made by hand
		with open(self.path("hand.pem"), "wb") as out:
			out.write(monsters.der_cert.pem(monsters.ROOT))

	def path(self, name):
		return os.path.join(self.folder, name)

	def context(self, cert, versions, ask):
		with self.lock:
			key = (cert, versions, ask)
			if key not in self.contexts:
				self.contexts[key] = self.make(*key)
			return self.contexts[key]

	def make(self, cert, versions, ask):
		warnings.simplefilter("ignore", DeprecationWarning)
		context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
		context.set_ciphers("ALL:@SECLEVEL=0")
		context.load_cert_chain(self.path(cert + ".pem"),
		    self.path(cert + ".key"))
		if versions:
			context.minimum_version = VERSIONS[versions[0]]
			context.maximum_version = VERSIONS[versions[1]]
		if ask == "client certificate":
			context.verify_mode = ssl.CERT_REQUIRED
			context.load_verify_locations(self.path("root.pem"))
		elif ask == "weak dh":
			with tempfile.NamedTemporaryFile("w") as params:
				params.write(WEAK_DH)
				params.flush()
				context.load_dh_params(params.name)
			context.set_ciphers("DHE:@SECLEVEL=0")
		return context
