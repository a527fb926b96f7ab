"""What files of office programs have in common: zip packages of XML, the older container, numbers in words."""
